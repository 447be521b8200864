package io.tocsin.alerting.signal;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import java.time.Instant;
import java.util.Map;

/** Shortages of CPU, memory, I/O or network. They have a hysteresis of their own. */
public final class BottleneckSignal {

  /** The figures of a bottleneck. */
  public static final FieldTable<Bottleneck> FIELDS =
      FieldTable.<Bottleneck>builder()
          .bool("active", "False when it has ended.", Bottleneck::getActive)
          .words("bottleneck", BottleneckKind.class, "What is short.", Bottleneck::getKind)
          .number("value", "", "The figure that passed the threshold.", Bottleneck::getValue)
          .number("threshold", "", "What it passed.", Bottleneck::getThreshold)
          .text("unit", "Unit of value and threshold.", Bottleneck::getUnit)
          .number("confidence", "", "How sure, 0 to 1.", Bottleneck::getConfidence)
          .words("severity", BottleneckSeverity.class, "How bad.", Bottleneck::getSeverity)
          .words(
              "runner_up",
              BottleneckKind.class,
              "What would be named if this were not.",
              Bottleneck::getRunnerUp)
          .text("remedy", "What to try first, in words.", Bottleneck::getRemedy)
          .build();

  private BottleneckSignal() {}

  /** A bottleneck; its series is what is short. */
  public static Observation of(Bottleneck bottleneck) {
    return Observation.of(
        SignalKind.BOTTLENECK,
        bottleneck.getResourceId(),
        bottleneck.getResourceKind(),
        bottleneck.getKind().name(),
        bottleneck.getService(),
        bottleneck.getTier(),
        Map.of(),
        bottleneck.getAt(),
        since(bottleneck),
        0,
        FIELDS.of(bottleneck));
  }

  private static Instant since(Bottleneck bottleneck) {
    boolean began = bottleneck.getActive() && bottleneck.getSince().isBefore(bottleneck.getAt());
    return began ? bottleneck.getSince() : bottleneck.getAt();
  }
}
