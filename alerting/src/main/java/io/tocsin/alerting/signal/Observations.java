package io.tocsin.alerting.signal;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.Window;
import java.util.List;
import java.util.Optional;

/** What rules look at, out of whatever record comes in. */
public final class Observations {

  private Observations() {}

  /** The observation that a record is; empty for one that no rule looks at. */
  public static Optional<Observation> of(Object value) {
    if (value instanceof Window window) {
      return Optional.of(EfficiencySignal.of(window));
    } else if (value instanceof LatencyWindow window) {
      return Optional.of(LatencySignal.of(window));
    } else if (value instanceof ThroughputWindow window) {
      return Optional.of(ThroughputSignal.of(window));
    } else if (value instanceof Bottleneck bottleneck) {
      return Optional.of(BottleneckSignal.of(bottleneck));
    } else if (value instanceof Probe probe) {
      return Optional.of(HealthSignal.of(probe));
    } else if (value instanceof Measurement measurement) {
      return Optional.of(MeasurementSignal.of(measurement));
    } else if (value instanceof Violation violation) {
      return Optional.of(SecuritySignal.of(violation));
    } else if (value instanceof SecurityEvent event) {
      return Optional.of(SecuritySignal.of(event));
    } else if (value instanceof ImageFindings findings) {
      return Optional.of(SecuritySignal.of(findings));
    }
    return Optional.empty();
  }

  /** The figures of a signal, in the order in which people read them. */
  public static List<FieldDoc> fields(SignalKind kind) {
    return switch (kind) {
      case EFFICIENCY -> EfficiencySignal.FIELDS.docs();
      case LATENCY -> LatencySignal.FIELDS.docs();
      case THROUGHPUT -> ThroughputSignal.FIELDS.docs();
      case BOTTLENECK -> BottleneckSignal.FIELDS.docs();
      case HEALTH -> HealthSignal.FIELDS.docs();
      case APPLICATION, BUSINESS -> MeasurementSignal.FIELDS.docs();
      case SECURITY -> SecuritySignal.FIELDS.docs();
      case ABSENCE -> AbsenceSignal.FIELDS.docs();
    };
  }

  /** What every observation has beside its figures. */
  public static List<FieldDoc> commonFields() {
    return Context.DOCS;
  }
}
