package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import java.time.Clock;
import java.util.List;

/** Makes the collectors of health checks; those over HTTP share one client. */
public final class HealthChecks {

  private HealthChecks() {}

  /** One collector per check. */
  public static List<Collector> collectors(List<HealthCheck> checks, Clock clock) {
    SharedHttpClient client = new SharedHttpClient(HttpAttempt::newClient);
    return checks.stream()
        .<Collector>map(
            check ->
                new HealthCollector(
                    check, attempt(check.target(), client), clock, System::nanoTime))
        .toList();
  }

  private static Attempt attempt(Target target, SharedHttpClient client) {
    return target instanceof Target.Http http ? new HttpAttempt(http, client) : new TcpAttempt();
  }
}
