package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs one {@link HealthCheck}, one {@link Probe} a pass. A failure is confirmed by further
 * attempts before the pass counts as failing, and by {@link Hysteresis} before the health changes.
 * A target that is down is a reading, never an error.
 */
final class HealthCollector implements Collector {

  private final HealthCheck check;
  private final Attempt attempt;
  private final Clock clock;
  private final LongSupplier nanos;
  private final List<Resource> resources;
  private Hysteresis hysteresis;

  HealthCollector(HealthCheck check, Attempt attempt, Clock clock, LongSupplier nanos) {
    this.check = check;
    this.attempt = attempt;
    this.clock = clock;
    this.nanos = nanos;
    this.resources = resources(check, clock.instant());
    this.hysteresis = Hysteresis.start(check.rise(), check.fall());
  }

  @Override
  public String name() {
    return "health/" + check.id();
  }

  @Override
  public Duration interval() {
    return check.interval();
  }

  /** What all attempts may take, and a second for a machine that is slow to wake us. */
  @Override
  public Duration deadline() {
    return check
        .timeout()
        .multipliedBy(check.retries() + 1)
        .plus(check.retryDelay().multipliedBy(check.retries()))
        .plusSeconds(1);
  }

  @Override
  public List<Resource> resources() {
    return resources;
  }

  private static List<Resource> resources(HealthCheck check, Instant now) {
    List<Resource> resources = new ArrayList<>();
    resources.add(
        Resource.newBuilder()
            .setId(endpointId(check))
            .setKind(ResourceKind.ENDPOINT)
            .setName(check.id())
            .setParent(check.runsOn())
            .setService(check.service())
            .setTier(check.tier())
            .setLabels(Map.of("target", Evidence.of(check.target().describe())))
            .setIntervalMs(check.interval().toMillis())
            .setUpdatedAt(now)
            .build());
    if (check.service() != null) {
      resources.add(
          Resource.newBuilder()
              .setId("service/" + check.service())
              .setKind(ResourceKind.SERVICE)
              .setName(check.service())
              .setService(check.service())
              .setTier(check.tier())
              .setDependsOn(check.dependsOn())
              .setUpdatedAt(now)
              .build());
    }
    return List.copyOf(resources);
  }

  private static String endpointId(HealthCheck check) {
    return "endpoint/" + check.id();
  }

  @Override
  public Reading collect() throws InterruptedException {
    Instant at = clock.instant();
    int attempts = 0;
    long began;
    Verdict verdict;
    do {
      if (attempts > 0) {
        TimeUnit.NANOSECONDS.sleep(check.retryDelay().toNanos());
      }
      attempts++;
      began = nanos.getAsLong();
      verdict = attempt.make(check.timeout());
    } while (verdict.health() != Health.UP && attempts <= check.retries());
    // Without an answer there is no latency: how long we waited is not how long it takes.
    Long latencyUs = verdict.answered() ? (Long) ((nanos.getAsLong() - began) / 1_000) : null;
    hysteresis = hysteresis.after(verdict.health());
    Verdict told = hysteresis.tell(verdict);
    Reading.Builder reading =
        Reading.builder()
            .add(
                Probe.newBuilder()
                    .setResourceId(endpointId(check))
                    .setService(check.service())
                    .setTier(check.tier())
                    .setAt(at)
                    .setKind(check.target().kind())
                    .setHealth(told.health())
                    .setEvidence(Evidence.of(told.evidence()))
                    .setLatencyUs(latencyUs)
                    .setAttempts(attempts)
                    .setIntervalMs(check.interval().toMillis()));
    told.problem().ifPresent(reading::add);
    return reading.build();
  }

  @Override
  public void close() {
    attempt.close();
  }
}
