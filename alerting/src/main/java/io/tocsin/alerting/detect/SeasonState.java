package io.tocsin.alerting.detect;

import java.util.Arrays;

/**
 * What a {@link SeasonalBaseline} knows of a series, about 2 KB. Plain fields, so that Flink keeps
 * it without Kryo.
 *
 * @param latest time of the latest value, milliseconds since 1970
 * @param largest greatest value regardless of sign
 * @param openHour number of the hour that is not over
 * @param sum of its values
 * @param count of its values; 0 before the first value of all
 * @param countBefore of the values of the hour before it
 * @param means of the hours of the latest days, day by day of each hour; NaN where unknown
 * @param high of the hours above what was usual
 * @param low of the hours below
 */
public record SeasonState(
    long latest,
    double largest,
    long openHour,
    double sum,
    int count,
    int countBefore,
    double[] means,
    Tail high,
    Tail low) {

  static final int HOURS = 24;

  /** Days that are remembered: a week, so that each day of it is among them. */
  static final int DAYS = 7;

  /** Before the first value. */
  public static SeasonState empty() {
    double[] unknown = new double[HOURS * DAYS];
    Arrays.fill(unknown, Double.NaN);
    return new SeasonState(Long.MIN_VALUE, 0, 0, 0, 0, 0, unknown, Tail.empty(), Tail.empty());
  }

  /** With one more value of the open hour. */
  SeasonState with(long millis, double value) {
    double greatest = Math.max(largest, Math.abs(value));
    return new SeasonState(
        millis, greatest, openHour, sum + value, count + 1, countBefore, means, high, low);
  }

  /** With the first value of an hour; the open one, whose mean is given, is over. */
  SeasonState next(long millis, long hour, double value, double mean, Tail newHigh, Tail newLow) {
    double[] known = means.clone();
    known[index(openHour)] = mean;
    double greatest = Math.max(largest, Math.abs(value));
    return new SeasonState(millis, greatest, hour, value, 1, count, known, newHigh, newLow);
  }

  /** What the same hour was on other days. */
  double[] sameHour() {
    int slot = Math.floorMod(openHour, HOURS) * DAYS;
    return Arrays.stream(means, slot, slot + DAYS).filter(mean -> !Double.isNaN(mean)).toArray();
  }

  private static int index(long hour) {
    int slot = Math.floorMod(hour, HOURS);
    return slot * DAYS + Math.floorMod(Math.floorDiv(hour, HOURS), DAYS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeasonState state
        && latest == state.latest
        && Double.compare(largest, state.largest) == 0
        && openHour == state.openHour
        && Double.compare(sum, state.sum) == 0
        && count == state.count
        && countBefore == state.countBefore
        && Arrays.equals(means, state.means)
        && high.equals(state.high)
        && low.equals(state.low);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Long.hashCode(latest);
  }

  @Override
  public String toString() {
    return "SeasonState of " + latest + " " + Arrays.toString(means);
  }
}
