package io.tocsin.collectors.network;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Probes one {@link NetworkPath}, one {@link Probe} a pass. A path that is down is a reading, never
 * an error. The latency of a burst is its median.
 */
final class NetworkCollector implements Collector {

  private final NetworkPath path;
  private final Prober prober;
  private final Clock clock;
  private final List<Resource> resources;

  NetworkCollector(NetworkPath path, String from, Prober prober, Clock clock) {
    this.path = path;
    this.prober = prober;
    this.clock = clock;
    this.resources = resources(path, from, clock.instant());
  }

  @Override
  public String name() {
    return "network/" + path.id();
  }

  @Override
  public Duration interval() {
    return path.interval();
  }

  /** Dial and answers, and a second for a machine that is slow to wake us. */
  @Override
  public Duration deadline() {
    return path.dialTimeout().plus(path.timeout()).plusSeconds(1);
  }

  @Override
  public List<Resource> resources() {
    return resources;
  }

  private static List<Resource> resources(NetworkPath path, String from, Instant now) {
    PathTarget target = path.target();
    List<Resource> resources = new ArrayList<>();
    resources.add(
        Resource.newBuilder()
            .setId("endpoint/" + path.id())
            .setKind(ResourceKind.ENDPOINT)
            .setName(path.id())
            .setService(path.service())
            .setTier(path.tier())
            .setLabels(
                Map.of(
                    "target", target.describe(),
                    "kind", target.kind().name().toLowerCase(Locale.ROOT),
                    "from", from))
            .setIntervalMs(path.interval().toMillis())
            .setUpdatedAt(now)
            .build());
    if (path.service() != null) {
      resources.add(
          Resource.newBuilder()
              .setId("service/" + path.service())
              .setKind(ResourceKind.SERVICE)
              .setName(path.service())
              .setService(path.service())
              .setTier(path.tier())
              .setUpdatedAt(now)
              .build());
    }
    return List.copyOf(resources);
  }

  @Override
  public Reading collect() throws InterruptedException {
    Instant at = clock.instant();
    Outcome outcome = prober.probe();
    Reading.Builder reading = Reading.builder();
    outcome.problems().forEach(reading::add);
    return reading
        .add(
            Probe.newBuilder()
                .setResourceId("endpoint/" + path.id())
                .setService(path.service())
                .setTier(path.tier())
                .setAt(at)
                .setKind(path.target().kind())
                .setHealth(outcome.health())
                .setEvidence(outcome.evidence())
                .setLatencyUs(outcome.latencyUs())
                .setAttempts(outcome.attempts())
                .setIntervalMs(path.interval().toMillis())
                .setPath(outcome.path())
                .setPhases(outcome.phases())
                .setCertificateDaysLeft(outcome.certificateDaysLeft()))
        .build();
  }

  @Override
  public void close() {
    prober.close();
  }
}
