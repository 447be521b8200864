package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Makes the collectors of health checks; those over HTTP share one client, and those that ask the
 * same Kubernetes share another. What a kind of check needs is loaded with the first of its kind.
 */
public final class HealthChecks {

  private final Clock clock;
  private final LongSupplier nanos = System::nanoTime;
  private final SharedHttpClient http = new SharedHttpClient(HttpAttempt::newClient);
  private final Map<Path, KubernetesClient> kubernetes = new ConcurrentHashMap<>();

  /** A maker whose collectors share what can be shared. */
  public HealthChecks(Clock clock) {
    this.clock = clock;
    JdkHttpSettings.prepare();
  }

  /** One collector per check. */
  public static List<Collector> collectors(List<HealthCheck> checks, Clock clock) {
    HealthChecks maker = new HealthChecks(clock);
    return checks.stream().map(maker::collector).toList();
  }

  /** The collector of one check. */
  public Collector collector(HealthCheck check) {
    return new HealthCollector(check, attempt(check), clock, nanos);
  }

  private Attempt attempt(HealthCheck check) {
    Target target = check.target();
    if (target instanceof Target.Network network) {
      return new NetworkAttempt(network, addressed(network, check.timeout()), nanos);
    }
    if (target instanceof Target.Exec exec) {
      return new ExecAttempt(exec, nanos);
    }
    if (target instanceof Target.Systemd systemd) {
      return new SystemdAttempt(systemd);
    }
    if (target instanceof Target.Docker docker) {
      return new DockerAttempt(docker, check.timeout());
    }
    if (target instanceof Target.Kubernetes pods) {
      return new KubernetesAttempt(
          pods, kubernetes.computeIfAbsent(trustedBy(pods), KubernetesClient::new));
    }
    throw new IllegalStateException("no attempt for " + target);
  }

  private static Path trustedBy(Target.Kubernetes target) {
    return target.caFile() == null ? ServiceAccount.CA : target.caFile();
  }

  private AddressedAttempt addressed(Target.Network target, Duration timeout) {
    if (target instanceof Target.Http url) {
      return new HttpAttempt(url, http);
    }
    if (target instanceof Target.Grpc grpc) {
      return new GrpcAttempt(grpc, timeout);
    }
    return new TcpAttempt();
  }
}
