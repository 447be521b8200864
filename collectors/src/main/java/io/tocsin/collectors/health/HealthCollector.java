package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Runs one {@link HealthCheck}, one {@link Probe} a pass. A failure is confirmed by further
 * attempts before it is reported. An endpoint that is down is a reading, never an error.
 */
final class HealthCollector implements Collector {

  private final HealthCheck check;
  private final Attempt attempt;
  private final NameResolution names;
  private final Clock clock;
  private final LongSupplier nanos;

  HealthCollector(HealthCheck check, Attempt attempt, Clock clock, LongSupplier nanos) {
    this.check = check;
    this.attempt = attempt;
    this.names = new NameResolution(check.target());
    this.clock = clock;
    this.nanos = nanos;
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
    List<Resource> resources = new ArrayList<>();
    resources.add(
        Resource.newBuilder()
            .setId(endpointId())
            .setKind(ResourceKind.ENDPOINT)
            .setName(check.id())
            .setService(check.service())
            .setTier(check.tier())
            .setLabels(Map.of("target", check.target().describe()))
            .setIntervalMs(check.interval().toMillis())
            .setUpdatedAt(clock.instant())
            .build());
    if (check.service() != null) {
      resources.add(
          Resource.newBuilder()
              .setId("service/" + check.service())
              .setKind(ResourceKind.SERVICE)
              .setName(check.service())
              .setService(check.service())
              .setTier(check.tier())
              .setUpdatedAt(clock.instant())
              .build());
    }
    return resources;
  }

  private String endpointId() {
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
      verdict = tryOnce(began);
    } while (verdict.health() != Health.UP && attempts <= check.retries());
    // Without an answer there is no latency: how long we waited is not how long it takes.
    Long latencyUs = verdict.answered() ? (Long) ((nanos.getAsLong() - began) / 1_000) : null;
    return Reading.of(
        Probe.newBuilder()
            .setResourceId(endpointId())
            .setService(check.service())
            .setTier(check.tier())
            .setAt(at)
            .setKind(check.target() instanceof Target.Http ? ProbeKind.HTTP : ProbeKind.TCP)
            .setHealth(verdict.health())
            .setEvidence(verdict.evidence())
            .setLatencyUs(latencyUs)
            .setAttempts(attempts)
            .setIntervalMs(check.interval().toMillis()));
  }

  private Verdict tryOnce(long began) throws InterruptedException {
    InetSocketAddress address;
    try {
      address = names.resolve(check.timeout());
    } catch (UnknownHostException e) {
      return Verdict.unknown(e.getMessage());
    }
    try {
      Duration left = check.timeout().minusNanos(nanos.getAsLong() - began);
      return attempt.make(address, left.toMillis() < 1 ? Duration.ofMillis(1) : left);
    } catch (TimeoutException e) {
      return Verdict.down(
          "no answer from %s within %d ms"
              .formatted(Failure.display(address), check.timeout().toMillis()));
    }
  }
}
