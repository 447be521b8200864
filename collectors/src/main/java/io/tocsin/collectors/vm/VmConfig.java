package io.tocsin.collectors.vm;

import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the virtual machines of one hypervisor are watched. A null component takes its default.
 *
 * @param uri where libvirt is (<a href="https://libvirt.org/uri.html">uri.html</a>); default:
 *     {@code qemu:///system}
 * @param interval time between two readings, 100 ms to 1 h; default: 1 s
 * @param deadline longest time a reading may take, 50 ms to the interval; default: the interval
 * @param id what a resource id is made of; default: NAME
 * @param allowStatsPeriod whether a guest whose balloon driver is not asked for memory statistics
 *     may be told to give them every 5 s; needs a connection that may write; default: false
 * @param host name of the machine they run on, as in its own resource id; lower-case letters,
 *     digits, {@code . _ -}; default: this host's name
 * @param services by name of the domain, what it belongs to; default: none
 */
public record VmConfig(
    String uri,
    Duration interval,
    Duration deadline,
    Identity id,
    Boolean allowStatsPeriod,
    String host,
    Map<String, Service> services) {

  private static final Pattern URI =
      Pattern.compile("[a-z][a-z0-9+]*:[!-~]{1,2000}", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOST = Pattern.compile("[a-z0-9][a-z0-9._-]{0,252}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** All machines of this host's system daemon, once a second. */
  public static final VmConfig DEFAULT = new VmConfig(null, null, null, null, null, null, null);

  /** What tells one machine from all others. */
  public enum Identity {
    /** The domain's name: readable, and kept when a machine is built anew. */
    NAME,
    /** Its UUID: for names that are not unique across hosts. */
    UUID
  }

  /**
   * What a machine belongs to.
   *
   * @param service name of the service; default: none
   * @param tier whether that service is CORE; default: UNSPECIFIED, which is treated as NON_CORE
   */
  public record Service(String service, Tier tier) {

    static final Service NONE = new Service(null, null);

    /**
     * Fills defaults in.
     *
     * @throws IllegalArgumentException if the name is not in the form that service names have
     */
    public Service {
      tier = tier == null ? Tier.UNSPECIFIED : tier;
      if (service != null && !NAME.matcher(service).matches()) {
        throw new IllegalArgumentException(
            "service name '%s' of a VM must match %s".formatted(service, NAME.pattern()));
      }
    }
  }

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public VmConfig {
    uri = uri == null ? "qemu:///system" : uri;
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    deadline = deadline == null ? interval : deadline;
    id = id == null ? Identity.NAME : id;
    allowStatsPeriod = allowStatsPeriod == null ? Boolean.FALSE : allowStatsPeriod;
    services = services == null ? Map.of() : Map.copyOf(services);
    if (!URI.matcher(uri).matches()) {
      throw new IllegalArgumentException(
          "libvirt uri '%s' is none: write it as qemu:///system".formatted(uri));
    }
    if (interval.compareTo(Duration.ofMillis(100)) < 0
        || interval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("interval of VMs must be from 100 ms to 1 h");
    }
    if (deadline.compareTo(Duration.ofMillis(50)) < 0 || deadline.compareTo(interval) > 0) {
      throw new IllegalArgumentException("deadline of VMs must be from 50 ms to their interval");
    }
    if (host != null && !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "host name '%s' of VMs must match %s".formatted(host, HOST.pattern()));
    }
  }

  /** The same with the name of the machine, if it is not given. */
  public VmConfig on(String machine) {
    return host != null
        ? this
        : new VmConfig(uri, interval, deadline, id, allowStatsPeriod, machine, services);
  }

  /** What a domain of that name belongs to. */
  Service serviceOf(String domain) {
    return services.getOrDefault(domain, Service.NONE);
  }
}
