package io.tocsin.alerting.signal;

import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Quantile;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures of applications and of the business, and whatever else exporters send. */
public final class MeasurementSignal {

  /** How far a source's quantile may be from the one a field is named after. */
  private static final double SAME_SHARE = 1e-6;

  /** The figures of a measurement. */
  public static final FieldTable<Measurement> FIELDS =
      FieldTable.<Measurement>builder()
          .maybe(
              "value",
              "",
              "The value, in its own unit; a COUNTER's only rises, see rate.",
              Measurement::getValue)
          .text("name", "The figure's name.", Measurement::getName)
          .words("meaning", Meaning.class, "What it means to Tocsin.", Measurement::getMeaning)
          .words("type", MeasurementType.class, "How to read the value.", Measurement::getType)
          .text("unit", "UCUM unit; empty where the source does not say.", Measurement::getUnit)
          .maybe(
              "count",
              "",
              "Values of a DISTRIBUTION, since counting began.",
              of(distribution -> (double) distribution.getCount()))
          .maybe("sum", "", "Sum of those values.", of(Distribution::getSum))
          .maybe("mean", "", "Mean of those values.", of(MeasurementSignal::mean))
          .maybe("p50", "", "Median, as the source worked it out.", of(at(0.5)))
          .maybe("p90", "", "90th percentile, as the source worked it out.", of(at(0.9)))
          .maybe("p95", "", "95th percentile, as the source worked it out.", of(at(0.95)))
          .maybe("p99", "", "99th percentile, as the source worked it out.", of(at(0.99)))
          .build();

  private MeasurementSignal() {}

  /**
   * A measurement; BUSINESS if its layer says so, otherwise APPLICATION. Its series is its name,
   * with its labels in the order of their names: {@code orders{zone=eu}}.
   */
  public static Observation of(Measurement measurement) {
    return Observation.of(
        measurement.getLayer() == Layer.BUSINESS ? SignalKind.BUSINESS : SignalKind.APPLICATION,
        measurement.getResourceId(),
        measurement.getKind(),
        series(measurement.getName(), measurement.getLabels()),
        measurement.getService(),
        measurement.getTier(),
        measurement.getLabels(),
        measurement.getAt(),
        measurement.getAt(),
        0,
        FIELDS.of(measurement));
  }

  private static String series(String name, Map<String, String> labels) {
    return labels.isEmpty()
        ? name
        : new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(",", name + "{", "}"));
  }

  private static Function<Measurement, Double> of(Function<Distribution, Double> figure) {
    return measurement ->
        measurement.getDistribution() == null ? null : figure.apply(measurement.getDistribution());
  }

  private static Double mean(Distribution distribution) {
    return distribution.getSum() == null || distribution.getCount() < 1
        ? null
        : distribution.getSum() / distribution.getCount();
  }

  private static Function<Distribution, Double> at(double share) {
    return distribution -> {
      for (Quantile quantile : distribution.getQuantiles()) {
        if (Math.abs(quantile.getShare() - share) < SAME_SHARE) {
          return quantile.getValue();
        }
      }
      return null;
    };
  }
}
