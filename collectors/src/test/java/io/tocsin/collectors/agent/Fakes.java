package io.tocsin.collectors.agent;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import java.util.Arrays;

/** Configurations of collectors that a test made. */
final class Fakes {

  private Fakes() {}

  static AgentConfig config(Collector... collectors) {
    return new AgentConfig(
        "agent-1", Arrays.stream(collectors).map(Fakes::configured).toList(), null, null);
  }

  /** A reading with one of each. */
  static Reading everything() {
    return Reading.builder()
        .add(FakeCollector.sample().samples().get(0))
        .add(Probe.newBuilder(Examples.probe(Health.UP, Examples.NOON)).clearOrigin())
        .add(
            Measurement.newBuilder()
                .setResourceId("host/web-1")
                .setKind(ResourceKind.HOST)
                .setLayer(Layer.BUSINESS)
                .setName("orders")
                .setType(MeasurementType.GAUGE)
                .setValue(3.0)
                .setAt(Examples.NOON))
        .add(
            SecurityEvent.newBuilder()
                .setId("docker/1")
                .setAt(Examples.NOON)
                .setSource(SecuritySource.DOCKER)
                .setAction("exec")
                .setSeverity(Severity.MEDIUM)
                .setResourceId("host/web-1")
                .setKind(ResourceKind.HOST)
                .setTitle("a shell was opened"))
        .build();
  }

  /** Equal only to itself. */
  static Configured configured(Collector collector) {
    return Configured.one(collector.name(), collector, () -> collector);
  }
}
