package io.tocsin.collectors.host;

import io.tocsin.schemas.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the machine is watched. A null component takes its default.
 *
 * @param name the resource id is {@code host/<name>}; lower-case letters, digits, {@code . _ -}, at
 *     most 253; default: the host's name
 * @param service name of the service the machine belongs to; default: none
 * @param tier whether that service is CORE; default: UNSPECIFIED, which is treated as NON_CORE
 * @param interval time between two readings, at least 100 ms; default: 1 s
 * @param proc where procfs is mounted; default: /proc
 * @param sys where sysfs is mounted; default: /sys
 */
public record HostConfig(
    String name, String service, Tier tier, Duration interval, Path proc, Path sys) {

  /** This machine, once a second. */
  public static final HostConfig DEFAULT = new HostConfig(null, null, null, null, null, null);

  // A host name may be 253 characters long (RFC 1035).
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,252}");

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public HostConfig {
    tier = tier == null ? Tier.UNSPECIFIED : tier;
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    proc = proc == null ? Path.of("/proc") : proc;
    sys = sys == null ? Path.of("/sys") : sys;
    if (name != null && !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "host name '%s' must match %s".formatted(name, NAME.pattern()));
    }
    if (interval.toMillis() < 100) {
      throw new IllegalArgumentException(
          "the host's interval is %d ms; it must be at least 100 ms"
              .formatted(interval.toMillis()));
    }
  }
}
