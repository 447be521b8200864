package io.tocsin.collectors.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the containers of a machine are watched. A null component takes its default.
 *
 * @param host name of the machine; containers are {@code container/<host>.<name>} and run on {@code
 *     host/<host>}; lower-case letters, digits, {@code . _ -}, at most 253; default: the host's
 *     name
 * @param service name of the service of containers whose labels name none; default: none
 * @param interval time between two readings, at least 100 ms; default: 1 s
 * @param discoveryInterval time between two searches for containers, in which limits are read anew
 *     too, at least {@code interval}; default: 5 s
 * @param cgroup where control groups are mounted, version 1 or 2; default: /sys/fs/cgroup
 * @param proc where procfs is mounted; default: /proc
 * @param sys where sysfs is mounted; default: /sys
 * @param docker whether a Docker daemon is asked for names and states; default: true
 * @param dockerSocket where it listens; default: /var/run/docker.sock
 * @param dockerInterval time between two questions to it, at least 1 s; default: 5 s
 * @param kubelet the kubelet that is asked for names and states; default: none is
 * @param labels names of the container and pod labels that are taken over as {@code label.<name>};
 *     default: none but Compose's project and service
 */
public record ContainerConfig(
    String host,
    String service,
    Duration interval,
    Duration discoveryInterval,
    Path cgroup,
    Path proc,
    Path sys,
    Boolean docker,
    Path dockerSocket,
    Duration dockerInterval,
    KubeletConfig kubelet,
    List<String> labels) {

  /** This machine, once a second, with names from Docker where there is one. */
  public static final ContainerConfig DEFAULT =
      new ContainerConfig(null, null, null, null, null, null, null, null, null, null, null, null);

  // A host name may be 253 characters long (RFC 1035).
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,252}");

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public ContainerConfig {
    interval = interval == null ? Duration.ofSeconds(1) : interval;
    discoveryInterval =
        discoveryInterval != null ? discoveryInterval : longer(Duration.ofSeconds(5), interval);
    cgroup = cgroup == null ? Path.of("/sys/fs/cgroup") : cgroup;
    proc = proc == null ? Path.of("/proc") : proc;
    sys = sys == null ? Path.of("/sys") : sys;
    docker = docker == null ? Boolean.TRUE : docker;
    dockerSocket = dockerSocket == null ? Path.of("/var/run/docker.sock") : dockerSocket;
    dockerInterval = dockerInterval == null ? Duration.ofSeconds(5) : dockerInterval;
    labels = labels == null ? List.of() : List.copyOf(labels);
    if (host != null && !NAME.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "host name '%s' must match %s".formatted(host, NAME.pattern()));
    }
    atLeast("interval", interval, Duration.ofMillis(100));
    atLeast("discovery-interval", discoveryInterval, interval);
    atLeast("docker-interval", dockerInterval, Duration.ofSeconds(1));
    if (labels.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "labels has an empty entry; write the names of labels, or leave labels out");
    }
  }

  /** The same with the name of the machine, if it is not given. */
  public ContainerConfig on(String machine) {
    return host != null
        ? this
        : new ContainerConfig(
            machine,
            service,
            interval,
            discoveryInterval,
            cgroup,
            proc,
            sys,
            docker,
            dockerSocket,
            dockerInterval,
            kubelet,
            labels);
  }

  static void atLeast(String key, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "%s is %d ms; it must be at least %d ms"
              .formatted(key, value.toMillis(), least.toMillis()));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
