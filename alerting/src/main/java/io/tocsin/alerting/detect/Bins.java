package io.tocsin.alerting.detect;

import java.util.Arrays;

/**
 * Means of a series over equal bins of time, of which the latest so many are kept. Plain fields, so
 * that Flink keeps it without Kryo.
 *
 * @param closed means of the closed bins, oldest first; NaN for a bin without a value
 * @param open number of the bin that is not over
 * @param sum of its values
 * @param count of its values; 0 before the first value of all
 */
public record Bins(double[] closed, long open, double sum, int count) {

  static Bins empty() {
    return new Bins(new double[0], 0, 0, 0);
  }

  /** Whether a value of this bin closes another. */
  boolean isClosedBy(long bin) {
    return count > 0 && bin != open;
  }

  /** With a value of a bin that is not before the open one. */
  Bins with(long bin, double value, int kept) {
    if (count == 0 || bin == open) {
      return new Bins(closed, bin, sum + value, count + 1);
    }
    int added = (int) Math.min(kept, bin - open);
    int stay = Math.min(closed.length, kept - added);
    double[] next = Arrays.copyOfRange(closed, closed.length - stay, closed.length + added);
    Arrays.fill(next, stay, next.length, Double.NaN);
    if (bin - open <= kept) {
      next[stay] = sum / count;
    }
    return new Bins(next, bin, value, 1);
  }

  /** Those of the closed bins from so many to so many back that have a value. */
  double[] known(int farthest, int nearest) {
    return Arrays.stream(closed, closed.length - farthest, closed.length - nearest)
        .filter(mean -> !Double.isNaN(mean))
        .toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bins bins
        && Arrays.equals(closed, bins.closed)
        && open == bins.open
        && Double.compare(sum, bins.sum) == 0
        && count == bins.count;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(closed) + Long.hashCode(open);
  }

  @Override
  public String toString() {
    return "Bins" + Arrays.toString(closed) + " and " + count + " values of bin " + open;
  }
}
