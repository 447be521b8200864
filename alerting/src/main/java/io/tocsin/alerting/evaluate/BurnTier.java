package io.tocsin.alerting.evaluate;

/**
 * Counts of events in buckets of one width, as a ring: bucket {@code b} begins at {@code b *
 * widthMs} and has its place at {@code b} modulo the length.
 *
 * @param widthMs width of a bucket, in milliseconds
 * @param newest the newest bucket that was counted in
 * @param bad what failed
 * @param total all
 */
public record BurnTier(long widthMs, long newest, double[] bad, double[] total) {

  /** No counts. */
  static BurnTier empty(long widthMs, int buckets) {
    return new BurnTier(widthMs, Long.MIN_VALUE, new double[buckets], new double[buckets]);
  }

  /** With more events; the same if they are older than all buckets. */
  BurnTier with(long atMs, double moreBad, double more) {
    long bucket = Math.floorDiv(atMs, widthMs);
    if (newest != Long.MIN_VALUE && bucket <= newest - bad.length) {
      return this;
    }
    double[] newBad = bad.clone();
    double[] newTotal = total.clone();
    if (newest != Long.MIN_VALUE) {
      // What lies between the newest bucket and this one is a lap old.
      for (long between = Math.max(newest + 1, bucket - bad.length + 1);
          between <= bucket;
          between++) {
        newBad[place(between)] = 0;
        newTotal[place(between)] = 0;
      }
    }
    newBad[place(bucket)] += moreBad;
    newTotal[place(bucket)] += more;
    return new BurnTier(widthMs, Math.max(newest, bucket), newBad, newTotal);
  }

  /** The sum over the newest buckets at a moment, of which the last one is still filling. */
  double sum(double[] counts, long atMs, long buckets) {
    if (newest == Long.MIN_VALUE) {
      return 0;
    }
    long last = Math.floorDiv(atMs, widthMs);
    double sum = 0;
    for (long bucket = Math.max(last - buckets, newest - counts.length) + 1;
        bucket <= Math.min(last, newest);
        bucket++) {
      sum += counts[place(bucket)];
    }
    return sum;
  }

  private int place(long bucket) {
    return (int) Math.floorMod(bucket, (long) bad.length);
  }
}
