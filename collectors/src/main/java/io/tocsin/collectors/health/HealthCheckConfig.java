package io.tocsin.collectors.health;

import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A health check as it is written in YAML: what {@link HealthCheck} documents, and exactly one of
 * the targets, each under the key of its kind.
 *
 * @param id see {@link HealthCheck}
 * @param service see {@link HealthCheck}
 * @param tier see {@link HealthCheck}
 * @param interval see {@link HealthCheck}
 * @param timeout see {@link HealthCheck}
 * @param retries see {@link HealthCheck}
 * @param retryDelay see {@link HealthCheck}
 * @param rise see {@link HealthCheck}
 * @param fall see {@link HealthCheck}
 * @param runsOn see {@link HealthCheck}
 * @param dependsOn see {@link HealthCheck}
 * @param http asks a URL
 * @param tcp opens a connection
 * @param grpc asks for the health of a gRPC service
 * @param exec runs a program
 * @param systemd asks for the state of a unit
 * @param docker asks for the health of a container
 * @param kubernetes asks which pods are ready
 */
public record HealthCheckConfig(
    String id,
    String service,
    Tier tier,
    Duration interval,
    Duration timeout,
    Integer retries,
    Duration retryDelay,
    Integer rise,
    Integer fall,
    String runsOn,
    List<String> dependsOn,
    Target.Http http,
    Target.Tcp tcp,
    Target.Grpc grpc,
    Target.Exec exec,
    Target.Systemd systemd,
    Target.Docker docker,
    Target.Kubernetes kubernetes) {

  /**
   * Checks all that can be checked before the check runs.
   *
   * @throws IllegalArgumentException if there is not exactly one target, or the check could not run
   */
  public HealthCheckConfig {
    long targets = targets(http, tcp, grpc, exec, systemd, docker, kubernetes).count();
    if (targets > 1) {
      throw new IllegalArgumentException(
          "health check '%s' has %d targets: make a check of each".formatted(id, targets));
    }
    Target target =
        targets(http, tcp, grpc, exec, systemd, docker, kubernetes).findFirst().orElse(null);
    // Refuses what cannot run.
    new HealthCheck(
        id,
        service,
        tier,
        target,
        interval,
        timeout,
        retries,
        retryDelay,
        rise,
        fall,
        runsOn,
        dependsOn);
  }

  /** The check, defaults filled in. */
  public HealthCheck check() {
    Target target =
        targets(http, tcp, grpc, exec, systemd, docker, kubernetes).findFirst().orElseThrow();
    return new HealthCheck(
        id,
        service,
        tier,
        target,
        interval,
        timeout,
        retries,
        retryDelay,
        rise,
        fall,
        runsOn,
        dependsOn);
  }

  private static Stream<Target> targets(Target... targets) {
    return Stream.of(targets).filter(Objects::nonNull);
  }
}
