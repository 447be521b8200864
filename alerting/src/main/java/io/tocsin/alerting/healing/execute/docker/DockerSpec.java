package io.tocsin.alerting.healing.execute.docker;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.PlainText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Something that Docker is asked to do with a container or a service of a compose project.
 *
 * @param operation what
 * @param socket where Docker listens; default {@code /var/run/docker.sock}
 * @param cpus for {@code limits}; null to leave them
 * @param memory for {@code limits}; null to leave it
 * @param replicas for {@code scale}; null for one more, up to five
 * @param stopTimeout for {@code restart}: so long a container may take to end when it is asked to,
 *     before it is killed; 0 to 10 min, default 5 s. Must be less than the action's timeout
 */
public record DockerSpec(
    Operation operation,
    Path socket,
    CpuStep cpus,
    MemoryStep memory,
    Replicas replicas,
    Duration stopTimeout)
    implements ExecutorSpec {

  /** What can be asked for. */
  public enum Operation {
    /** End it and start it again. */
    RESTART,
    /** Start what has ended. */
    START,
    /** Give it more cores or memory while it runs. */
    LIMITS,
    /** Add containers to its service. */
    SCALE
  }

  /**
   * How a container is given more cores.
   *
   * @param by one step
   * @param most never more than this
   */
  public record CpuStep(double by, double most) {

    /**
     * Checks that both are sizes.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public CpuStep {
      require(
          by > 0 && most > 0, "cpus needs by and most of more than 0, such as {by: 0.5, most: 2}");
    }
  }

  /**
   * How a service is given more containers.
   *
   * @param by so many at a time, default 1
   * @param most never more than this, stopped ones included; default 5
   */
  public record Replicas(Integer by, Integer most) {

    /**
     * Fills in the defaults.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public Replicas {
      by = by == null ? 1 : by;
      most = most == null ? 5 : most;
      require(by >= 1, "replicas.by must be at least 1, not " + by);
      require(
          most > by && most <= 100,
          "replicas.most must be more than replicas.by and at most 100, not " + most);
    }
  }

  private static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");
  private static final Pattern SERVICE =
      Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}/[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
  private static final Duration LONGEST_STOP = Duration.ofMinutes(10);

  /**
   * Fills in the defaults and checks what can be checked before it is needed.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public DockerSpec {
    require(operation != null, "operation is missing: restart, start, limits or scale");
    socket = socket == null ? Path.of("/var/run/docker.sock") : socket;
    require(socket.isAbsolute(), "socket must be an absolute path, not " + socket);
    stopTimeout = stopTimeout == null ? Duration.ofSeconds(5) : stopTimeout;
    require(
        !stopTimeout.isNegative() && stopTimeout.compareTo(LONGEST_STOP) <= 0,
        "stop-timeout must be 0s to 10m, not " + stopTimeout);
    boolean limits = operation == Operation.LIMITS;
    require(!limits || cpus != null || memory != null, "operation limits needs cpus or memory");
    require(limits || cpus == null && memory == null, "cpus and memory are for operation limits");
    boolean scale = operation == Operation.SCALE;
    require(scale || replicas == null, "replicas is for operation scale");
    replicas = scale && replicas == null ? new Replicas(null, null) : replicas;
  }

  @Override
  public String kind() {
    return "docker";
  }

  @Override
  public String title() {
    return switch (operation) {
      case RESTART -> "docker restart";
      case START -> "docker start";
      case LIMITS -> "docker limits";
      case SCALE -> "docker scale";
    };
  }

  @Override
  public boolean isDisruptive() {
    return operation == Operation.RESTART;
  }

  @Override
  public void checkObject(String object) {
    if (operation == Operation.SCALE) {
      check(SERVICE, object, "project/service of a compose project");
    } else {
      check(CONTAINER, object, "container's name");
    }
  }

  private static void check(Pattern pattern, String object, String what) {
    require(
        pattern.matcher(object).matches(),
        "'%s' is no %s: it must match %s"
            .formatted(PlainText.head(object, 100), what, pattern.pattern()));
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new DockerExecutor(this);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
