package io.tocsin.collectors.app.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.MeasurementType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The points of an OTLP request as figures. A cumulative sum that only rises is a COUNTER, one that
 * may fall a GAUGE; a sum of deltas is a DELTA. A point that says it has no value is passed over; a
 * value that is infinite or NaN rejects its point. {@code service.name} is the service.
 */
public final class OtlpFigures {

  private static final int LONGEST_NAME = 255;
  private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

  /** Reads one point. */
  @FunctionalInterface
  private interface Point {
    Figure read() throws Malformed;
  }

  /** Reads the values of a distribution. */
  @FunctionalInterface
  private interface Values {
    Distribution read() throws Malformed;
  }

  private final Consumer<Figure> figures;
  private final Consumer<String> rejected;
  private Map<String, String> common = Map.of();
  private String service;

  /**
   * A reader.
   *
   * @param rejected takes the reason for each point that was not accepted
   */
  public OtlpFigures(Consumer<Figure> figures, Consumer<String> rejected) {
    this.figures = figures;
    this.rejected = rejected;
  }

  /** Reads a whole request. */
  public void read(ExportMetricsServiceRequest request) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      var attributes = resource.getResource().getAttributesList();
      service = Attributes.text(attributes, "service.name");
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        common = Attributes.common(attributes, scope.getScope().getName());
        scope.getMetricsList().forEach(this::read);
      }
    }
  }

  private void read(Metric metric) {
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric
              .getGauge()
              .getDataPointsList()
              .forEach(point -> take(metric, () -> number(metric, point, MeasurementType.GAUGE)));
      case SUM -> {
        var sum = metric.getSum();
        MeasurementType type = type(sum.getAggregationTemporality(), sum.getIsMonotonic());
        sum.getDataPointsList().forEach(point -> take(metric, () -> number(metric, point, type)));
      }
      case HISTOGRAM -> {
        var histogram = metric.getHistogram();
        var temporality = histogram.getAggregationTemporality();
        for (var point : histogram.getDataPointsList()) {
          take(
              metric,
              () ->
                  many(
                      metric,
                      point.getFlags(),
                      point.getAttributesList(),
                      point.getStartTimeUnixNano(),
                      point.getTimeUnixNano(),
                      () -> Histograms.of(point, isDelta(temporality))));
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        var histogram = metric.getExponentialHistogram();
        var temporality = histogram.getAggregationTemporality();
        for (var point : histogram.getDataPointsList()) {
          take(
              metric,
              () ->
                  many(
                      metric,
                      point.getFlags(),
                      point.getAttributesList(),
                      point.getStartTimeUnixNano(),
                      point.getTimeUnixNano(),
                      () -> Histograms.of(point, isDelta(temporality))));
        }
      }
      case SUMMARY -> {
        for (var point : metric.getSummary().getDataPointsList()) {
          take(
              metric,
              () ->
                  many(
                      metric,
                      point.getFlags(),
                      point.getAttributesList(),
                      point.getStartTimeUnixNano(),
                      point.getTimeUnixNano(),
                      () -> Histograms.of(point)));
        }
      }
      default -> rejected.accept("a metric has no data, or data of a kind that is not known");
    }
  }

  private Figure many(
      Metric metric, int flags, List<KeyValue> attributes, long start, long time, Values values)
      throws Malformed {
    return hasNone(flags)
        ? null
        : Figure.of(
            metric.getName(),
            Attributes.labels(common, attributes),
            values.read(),
            at(start),
            at(time));
  }

  private Figure number(Metric metric, NumberDataPoint point, MeasurementType type)
      throws Malformed {
    if (hasNone(point.getFlags())) {
      return null;
    }
    if (type == null) {
      throw new Malformed("a sum does not say whether it is cumulative or a delta");
    }
    double value =
        switch (point.getValueCase()) {
          case AS_DOUBLE -> point.getAsDouble();
          case AS_INT -> point.getAsInt();
          default -> throw new Malformed("a point has no value");
        };
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new Malformed("the value is infinite or not a number");
    }
    Instant startedAt = type == MeasurementType.GAUGE ? null : at(point.getStartTimeUnixNano());
    return new Figure(
        metric.getName(),
        Attributes.labels(common, point.getAttributesList()),
        type,
        metric.getUnit(),
        value,
        null,
        startedAt,
        at(point.getTimeUnixNano()),
        null,
        false);
  }

  private void take(Metric metric, Point point) {
    try {
      if (metric.getName().isEmpty() || metric.getName().length() > LONGEST_NAME) {
        throw new Malformed("a metric's name is empty or longer than 255 characters");
      }
      Figure figure = point.read();
      if (figure != null) {
        figures.accept(figure.in(metric.getUnit()).from(service));
      }
    } catch (Malformed e) {
      rejected.accept(e.getMessage());
    }
  }

  private static MeasurementType type(AggregationTemporality temporality, boolean monotonic) {
    return switch (temporality) {
      case AGGREGATION_TEMPORALITY_DELTA -> MeasurementType.DELTA;
      case AGGREGATION_TEMPORALITY_CUMULATIVE ->
          monotonic ? MeasurementType.COUNTER : MeasurementType.GAUGE;
      default -> null;
    };
  }

  private static boolean isDelta(AggregationTemporality temporality) throws Malformed {
    return switch (temporality) {
      case AGGREGATION_TEMPORALITY_DELTA -> true;
      case AGGREGATION_TEMPORALITY_CUMULATIVE -> false;
      default ->
          throw new Malformed("a histogram does not say whether it is cumulative or a delta");
    };
  }

  private static boolean hasNone(int flags) {
    return (flags & NO_VALUE) != 0;
  }

  /** Nanoseconds since 1970, unsigned; 0 is "not known". */
  private static Instant at(long nanos) {
    return nanos == 0 ? null : Instant.ofEpochMilli(Long.divideUnsigned(nanos, 1_000_000));
  }
}
