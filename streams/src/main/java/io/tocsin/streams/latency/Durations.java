package io.tocsin.streams.latency;

import io.tocsin.streams.latency.Measurements.Unreadable;
import java.util.Map;

/** Units of time, as UCUM writes them (https://ucum.org/ucum). */
final class Durations {

  static final double US_PER_MS = 1_000;

  private static final Map<String, Double> MS =
      Map.of("ns", 1e-6, "us", 1e-3, "ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6);

  private Durations() {}

  /** How many ms one of the unit is. */
  static double millis(String unit) throws Unreadable {
    Double millis = MS.get(unit);
    if (millis == null) {
      throw new Unreadable(Refusal.UNIT);
    }
    return millis;
  }

  /** A duration in whole µs; one that no long holds is the longest there is. */
  static long micros(double millis) {
    return Math.round(millis * US_PER_MS);
  }
}
