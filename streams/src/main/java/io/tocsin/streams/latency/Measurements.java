package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Reading.ABSENT;

import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.streams.latency.Reading.Kind;
import io.tocsin.streams.window.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what applications report. A series is what one agent says under one name, meaning and set
 * of labels: two agents that scrape two instances without a label between them are two series, and
 * one that begins anew with the agent is still the same.
 *
 * <p>A rate is per second unless its unit ends in {@code /min} or {@code /h}; an error rate in
 * {@code %} or {@code 1} is a share of the requests. A duration needs a unit of time.
 */
public final class Measurements {

  private static final double MILLIONTHS = 1e6;
  private static final Map<String, Double> PER_SECOND = Map.of("min", 1 / 60.0, "h", 1 / 3_600.0);

  private Measurements() {}

  /**
   * Reads a measurement.
   *
   * @param at its event time, in ms
   */
  public static Input read(Measurement measurement, long at) {
    return switch (measurement.getMeaning()) {
      case REQUESTS, ERRORS, REQUEST_RATE, ERROR_RATE, RESPONSE_TIME -> {
        try {
          yield taken(measurement, at, reading(measurement, at));
        } catch (Unreadable unreadable) {
          yield new Input.Refused(unreadable.reason);
        }
      }
      case KPI, OTHER -> new Input.OfNoConcern();
    };
  }

  private static Input taken(Measurement measurement, long at, Reading reading) {
    List<String> parts = new ArrayList<>();
    parts.add("measurement");
    parts.add(measurement.getOrigin().getAgent());
    parts.add(measurement.getMeaning().name());
    parts.add(measurement.getName());
    new TreeMap<>(measurement.getLabels())
        .forEach(
            (label, value) -> {
              parts.add(label);
              parts.add(value);
            });
    Subject subject =
        new Subject(
            measurement.getResourceId(),
            measurement.getKind(),
            measurement.getService(),
            measurement.getTier());
    return new Input.Taken(subject, SeriesId.of(parts.toArray(String[]::new)), reading);
  }

  private static Reading reading(Measurement measurement, long at) throws Unreadable {
    Meaning meaning = measurement.getMeaning();
    boolean errors = meaning == Meaning.ERRORS || meaning == Meaning.ERROR_RATE;
    if (meaning == Meaning.RESPONSE_TIME) {
      double toMs = Durations.millis(measurement.getUnit());
      if (measurement.getType() == MeasurementType.DISTRIBUTION) {
        if (measurement.getDistribution() == null) {
          throw new Unreadable(Refusal.MALFORMED);
        }
        boolean delta = measurement.getDistribution().getDelta();
        return reading(
            measurement,
            at,
            delta ? Kind.HISTOGRAM_DELTA : Kind.HISTOGRAM,
            false,
            Buckets.numbers(measurement.getDistribution(), toMs),
            Buckets.boundsMs(measurement.getDistribution(), toMs));
      }
      require(measurement.getType() == MeasurementType.GAUGE, Refusal.TYPE);
      return single(measurement, at, Kind.DURATION, false, toMs * Durations.US_PER_MS);
    }
    boolean isRate = meaning == Meaning.REQUEST_RATE || meaning == Meaning.ERROR_RATE;
    if (isRate) {
      require(measurement.getType() == MeasurementType.GAUGE, Refusal.TYPE);
      String unit = measurement.getUnit();
      if (errors && (unit.equals("%") || unit.equals("1"))) {
        double scale = unit.equals("%") ? MILLIONTHS / 100 : MILLIONTHS;
        return single(measurement, at, Kind.SHARE, true, scale);
      }
      String per = unit.substring(unit.lastIndexOf('/') + 1);
      double scale = MILLIONTHS * PER_SECOND.getOrDefault(per, 1.0);
      return single(measurement, at, Kind.RATE, errors, scale);
    }
    return switch (measurement.getType()) {
      case COUNTER -> single(measurement, at, Kind.COUNTER, errors, 1);
      case DELTA -> single(measurement, at, Kind.DELTA, errors, 1);
      case GAUGE, DISTRIBUTION, UNSPECIFIED -> throw new Unreadable(Refusal.TYPE);
    };
  }

  private static Reading single(
      Measurement measurement, long at, Kind kind, boolean errors, double scale) throws Unreadable {
    Double value = measurement.getValue();
    require(value != null && Double.isFinite(value) && value >= 0, Refusal.MALFORMED);
    long[] numbers = {Math.round(value * scale)};
    return reading(measurement, at, kind, errors, numbers, Reading.NO_BOUNDS);
  }

  private static Reading reading(
      Measurement measurement,
      long at,
      Kind kind,
      boolean errors,
      long[] numbers,
      double[] boundsMs) {
    return new Reading(
        kind,
        errors,
        at,
        measurement.getAt().toEpochMilli(),
        measurement.getOrigin().getBootId(),
        measurement.getOrigin().getSequence(),
        measurement.getStartedAt() == null ? ABSENT : measurement.getStartedAt().toEpochMilli(),
        numbers,
        boundsMs);
  }

  static void require(boolean holds, Refusal otherwise) throws Unreadable {
    if (!holds) {
      throw new Unreadable(otherwise);
    }
  }

  /** A measurement that cannot count, and why. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    final Refusal reason;

    Unreadable(Refusal reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }
  }
}
