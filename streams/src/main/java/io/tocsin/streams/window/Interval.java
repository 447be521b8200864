package io.tocsin.streams.window;

/**
 * The time between two samples of a resource that follow each other, and what it was measured by.
 * An interval belongs to the windows in which its newer sample lies: only then is it known.
 *
 * @param at event time of the newer sample, in ms
 * @param lengthMs time between the samples by the agent's own clock, in ms
 * @param segments TCP segments sent in it; 0 where not known
 * @param values by {@link Metric}; NaN where not known
 * @param moved what each device moved
 */
public record Interval(long at, long lengthMs, long segments, double[] values, Movement moved) {

  /** One of a resource without devices. */
  public Interval(long at, long lengthMs, long segments, double[] values) {
    this(at, lengthMs, segments, values, Movement.NONE);
  }

  /** The value of a metric; NaN where not known. */
  public double value(Metric metric) {
    return values[metric.ordinal()];
  }

  /** Event time of the older sample, in ms. */
  public long startsAt() {
    return at - lengthMs;
  }

  /** A part as a percentage of the whole, 0 to 100; NaN where there is no whole. */
  static double percent(double part, double whole) {
    return whole > 0 ? Math.max(0, Math.min(100, 100 * part / whole)) : Double.NaN;
  }
}
