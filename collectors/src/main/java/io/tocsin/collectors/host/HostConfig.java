package io.tocsin.collectors.host;

import io.tocsin.schemas.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param filesystemInterval time between two readings that ask the file systems, at least {@code
 *     interval}; the readings between them have none; default: 10 s
 * @param filesystemTimeout longest time that a reading waits for file systems, 10 ms to half of
 *     {@code interval}; what has not answered by then is UNKNOWN; default: 250 ms, or half of the
 *     interval if that is less
 * @param filesystemInodes whether inodes are counted, which takes about 6 MB of memory; default:
 *     true
 * @param excludeTypes types of file systems to leave out, beside those that hold no data; default:
 *     none
 * @param excludeMounts mount points to leave out with all below them; with a slash at its end only
 *     what is below; default: {@link #SYSTEM_MOUNTS}
 * @param tuningInterval time between two readings that tell of NUMA nodes, huge pages and memory
 *     tuning, at least {@code interval}; default: 60 s
 */
public record HostConfig(
    String name,
    String service,
    Tier tier,
    Duration interval,
    Path proc,
    Path sys,
    Duration filesystemInterval,
    Duration filesystemTimeout,
    Boolean filesystemInodes,
    List<String> excludeTypes,
    List<String> excludeMounts,
    Duration tuningInterval) {

  /** What the system, container engines and sandboxes mount for themselves. */
  public static final List<String> SYSTEM_MOUNTS =
      List.of(
          "/dev",
          "/proc",
          "/sys",
          "/run/containerd",
          "/run/credentials",
          "/run/docker",
          "/run/user",
          "/snap",
          "/var/lib/containerd/",
          "/var/lib/containers/storage/",
          "/var/lib/docker/",
          "/var/lib/kubelet/pods",
          "/var/snap");

  // A host name may be 253 characters long (RFC 1035).
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,252}");
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  // Below the others, which it needs.
  /** This machine, once a second. */
  public static final HostConfig DEFAULT = new HostConfig(null, null, null, null, null, null);

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
    filesystemInterval =
        slower("filesystem-interval", filesystemInterval, Duration.ofSeconds(10), interval);
    tuningInterval = slower("tuning-interval", tuningInterval, Duration.ofSeconds(60), interval);
    Duration half = interval.dividedBy(2);
    if (filesystemTimeout == null) {
      filesystemTimeout = half.compareTo(LONGEST_WAIT) < 0 ? half : LONGEST_WAIT;
    }
    if (filesystemTimeout.toMillis() < 10 || filesystemTimeout.compareTo(half) > 0) {
      throw new IllegalArgumentException(
          ("the host's filesystem-timeout is %d ms; it must be from 10 ms to half of the interval,"
                  + " %d ms, or a hanging file system would make readings late")
              .formatted(filesystemTimeout.toMillis(), half.toMillis()));
    }
    filesystemInodes = filesystemInodes == null ? Boolean.TRUE : filesystemInodes;
    excludeTypes = texts("exclude-types", excludeTypes, List.of());
    excludeMounts = texts("exclude-mounts", excludeMounts, SYSTEM_MOUNTS);
    for (String mount : excludeMounts) {
      if (!mount.startsWith("/")) {
        throw new IllegalArgumentException(
            "the host's exclude-mounts has '%s'; a mount point starts with a slash"
                .formatted(mount));
      }
    }
  }

  /** The same with the defaults for file systems and tuning. */
  public HostConfig(
      String name, String service, Tier tier, Duration interval, Path proc, Path sys) {
    this(name, service, tier, interval, proc, sys, null, null, null, null, null, null);
  }

  /** The same for a machine of that name. */
  public HostConfig named(String host) {
    return new HostConfig(
        host,
        service,
        tier,
        interval,
        proc,
        sys,
        filesystemInterval,
        filesystemTimeout,
        filesystemInodes,
        excludeTypes,
        excludeMounts,
        tuningInterval);
  }

  /** A default that is shorter than the interval of readings becomes that. */
  private static Duration slower(String key, Duration given, Duration usual, Duration interval) {
    if (given == null) {
      return usual.compareTo(interval) < 0 ? interval : usual;
    }
    if (given.compareTo(interval) < 0) {
      throw new IllegalArgumentException(
          "the host's %s is %d ms; it must be at least the interval, %d ms"
              .formatted(key, given.toMillis(), interval.toMillis()));
    }
    return given;
  }

  private static List<String> texts(String key, List<String> given, List<String> usual) {
    if (given == null) {
      return usual;
    }
    for (String text : given) {
      if (text == null || text.isBlank()) {
        throw new IllegalArgumentException(
            "the host's %s has an empty entry; remove it".formatted(key));
      }
    }
    return List.copyOf(given);
  }
}
