package io.tocsin.alerting.evaluate;

/**
 * Counts of events in buckets of one width, as a ring: bucket {@code b} begins at {@code b *
 * widthMs} and has its place at {@code b} modulo the length.
 *
 * <p>Sums of counts are kept as they are, in half the room of exact ones: what is lost is a ten
 * millionth. Most series never fail, so that nothing is kept of what did not.
 *
 * @param widthMs width of a bucket, in milliseconds
 * @param newest the newest bucket that was counted in
 * @param bad what failed; empty if nothing did
 * @param total all
 */
public record BurnTier(long widthMs, long newest, float[] bad, float[] total) {

  private static final float[] NONE = {};

  /** No counts. */
  static BurnTier empty(long widthMs, int buckets) {
    return new BurnTier(widthMs, Long.MIN_VALUE, NONE, new float[buckets]);
  }

  /** With more events; the same if they are older than all buckets. */
  BurnTier with(long atMs, double moreBad, double more) {
    long bucket = Math.floorDiv(atMs, widthMs);
    if (newest != Long.MIN_VALUE && bucket <= newest - total.length) {
      return this;
    }
    float[] newBad = bad.length == 0 ? new float[total.length] : bad.clone();
    float[] newTotal = total.clone();
    if (newest != Long.MIN_VALUE) {
      // What lies between the newest bucket and this one is a lap old.
      for (long between = Math.max(newest + 1, bucket - total.length + 1);
          between <= bucket;
          between++) {
        newBad[place(between)] = 0;
        newTotal[place(between)] = 0;
      }
    }
    newBad[place(bucket)] += (float) moreBad;
    newTotal[place(bucket)] += (float) more;
    return new BurnTier(widthMs, Math.max(newest, bucket), orNone(newBad), newTotal);
  }

  private static float[] orNone(float[] counts) {
    for (float count : counts) {
      if (count != 0) {
        return counts;
      }
    }
    return NONE;
  }

  /** The sum over the newest buckets at a moment, of which the last one is still filling. */
  double sum(float[] counts, long atMs, long buckets) {
    if (newest == Long.MIN_VALUE || counts.length == 0) {
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
    return (int) Math.floorMod(bucket, (long) total.length);
  }
}
