package io.tocsin.alerting.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast a value rises or falls: the slope of the least-squares line through the values of a span
 * of time. Unlike the difference of two values it does not follow the noise of either.
 *
 * @see <a href="https://www.itl.nist.gov/div898/handbook/pmd/section4/pmd431.htm">NIST/SEMATECH
 *     e-Handbook of Statistical Methods, 4.4.3.1: least squares</a>
 */
public final class RateOfChange {

  /** With fewer points a line says nothing about how well it fits. */
  private static final int LEAST_POINTS = 3;

  private final Duration span;
  private final int mostPoints;

  /**
   * Looks back over a span.
   *
   * @param span of event time to look back
   * @param mostPoints how many values are kept; older ones go first even within the span
   */
  public RateOfChange(Duration span, int mostPoints) {
    if (span.isZero() || span.isNegative() || mostPoints < LEAST_POINTS) {
      throw new IllegalArgumentException(
          "a rate of change needs a span above zero and at least " + LEAST_POINTS + " points");
    }
    this.span = span;
    this.mostPoints = mostPoints;
  }

  /**
   * The values looked back at, oldest first.
   *
   * @param seconds since 1970
   * @param values in their own unit
   */
  public record State(Ring seconds, Ring values) {
    /** Before the first value. */
    public static State empty() {
      return new State(Ring.empty(), Ring.empty());
    }
  }

  /**
   * A state and, once at least half of the span is known, the slope.
   *
   * @param state to go on from
   * @param perSecond change in the value's unit per second; empty while too little is known
   */
  public record Judged(State state, Optional<Double> perSecond) {}

  /** Takes a value; those that are not finite, repeat a time or go back in it change nothing. */
  public Judged update(State state, Instant at, double value) {
    double now = at.getEpochSecond() + at.getNano() / 1e9;
    int size = state.seconds().size();
    if (!Double.isFinite(value) || size > 0 && now <= state.seconds().values()[size - 1]) {
      return new Judged(state, Optional.empty());
    }
    State next = within(state, now);
    next = new State(next.seconds().with(now, mostPoints), next.values().with(value, mostPoints));
    return new Judged(next, slope(next));
  }

  private State within(State state, double now) {
    double[] seconds = state.seconds().values();
    int from = 0;
    while (from < seconds.length && seconds[from] < now - span.toMillis() / 1e3) {
      from++;
    }
    return new State(state.seconds().from(from), state.values().from(from));
  }

  private Optional<Double> slope(State state) {
    double[] seconds = state.seconds().values();
    double[] values = state.values().values();
    int size = seconds.length;
    if (size < LEAST_POINTS || seconds[size - 1] - seconds[0] < span.toMillis() / 2e3) {
      return Optional.empty();
    }
    double meanTime = 0;
    double meanValue = 0;
    for (int i = 0; i < size; i++) {
      // Relative to the first, for seconds since 1970 would swallow the digits of the differences.
      meanTime += (seconds[i] - seconds[0]) / size;
      meanValue += values[i] / size;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < size; i++) {
      double distance = seconds[i] - seconds[0] - meanTime;
      covariance += distance * (values[i] - meanValue);
      variance += distance * distance;
    }
    return Optional.of(covariance / variance);
  }
}
