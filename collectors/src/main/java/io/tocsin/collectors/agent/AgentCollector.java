package io.tocsin.collectors.agent;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The agent as a collector of its own: every 10 s it says how each collector does and what was lost
 * on the way, so that nobody falls silent unnoticed. A collector that is down has the value 0 and
 * is never left out; one whose first pass goes on is not judged yet.
 *
 * <p>Measurements of layer INFRASTRUCTURE on {@code host/<agent>}. That host is announced here only
 * if no other collector describes it.
 */
final class AgentCollector implements Collector {

  static final String NAME = "agent";

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Supplier<List<Source>> sources;
  private final Surroundings around;
  private final Clock clock;
  private final Instant startedAt;
  private final String hostId;
  private final List<Resource> host;

  AgentCollector(String agentId, Supplier<List<Source>> sources, Surroundings around) {
    this.sources = sources;
    this.around = around;
    this.clock = around.clock();
    this.startedAt = clock.instant();
    this.hostId = ResourceIds.of(ResourceKind.HOST, agentId);
    this.host =
        List.of(
            Resource.newBuilder()
                .setId(hostId)
                .setKind(ResourceKind.HOST)
                .setName(agentId)
                .setIntervalMs(INTERVAL.toMillis())
                .setUpdatedAt(startedAt)
                .build());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public List<Resource> resources() {
    boolean somebodyMayYetDescribeIt = sources.get().stream().anyMatch(Source::pending);
    boolean described = around.inventory().knowsApartFrom(NAME, hostId);
    return described || somebodyMayYetDescribeIt ? List.of() : host;
  }

  @Override
  public Reading collect() {
    Instant now = clock.instant();
    Reading.Builder reading = Reading.builder();
    for (Source source : sources.get()) {
      if (!source.pending()) {
        Map<String, String> labels = Map.of("collector", source.name());
        double up = source.works() ? 1 : 0;
        reading.add(gauge("tocsin_collector_up", "1", labels, up, now));
        source
            .passSeconds()
            .ifPresent(
                took ->
                    reading.add(gauge("tocsin_collector_pass_seconds", "s", labels, took, now)));
      }
    }
    Outbox.Fill fill = around.outbox().fill();
    reading.add(gauge("tocsin_agent_queued", "1", fill.queued(), now));
    reading.add(gauge("tocsin_agent_spool_bytes", "By", fill.spoolBytes(), now));
    reading.add(gauge("tocsin_agent_spool_records", "1", fill.spooled(), now));
    reading.add(gauge("tocsin_agent_oldest_seconds", "s", fill.oldestMillis() / 1000.0, now));
    reading.add(gauge("tocsin_agent_series", "1", around.policies().activeSeries(now), now));
    for (Counts.Line line : around.counts().lines()) {
      reading.add(
          figure(line.count().measurement(), "1", line.labels(), line.total(), now)
              .setType(MeasurementType.COUNTER)
              .setStartedAt(startedAt));
    }
    return reading.build();
  }

  private Measurement.Builder gauge(String name, String unit, double value, Instant now) {
    return gauge(name, unit, Map.of(), value, now);
  }

  private Measurement.Builder gauge(
      String name, String unit, Map<String, String> labels, double value, Instant now) {
    return figure(name, unit, labels, value, now).setType(MeasurementType.GAUGE);
  }

  private Measurement.Builder figure(
      String name, String unit, Map<String, String> labels, double value, Instant now) {
    return Measurement.newBuilder()
        .setResourceId(hostId)
        .setKind(ResourceKind.HOST)
        .setLayer(Layer.INFRASTRUCTURE)
        .setName(name)
        .setUnit(unit)
        .setLabels(labels)
        .setValue(value)
        .setAt(now);
  }
}
