package io.tocsin.streams.latency;

import io.tocsin.schemas.Bucket;
import io.tocsin.schemas.Distribution;
import io.tocsin.streams.latency.Measurements.Unreadable;
import java.util.List;

/**
 * Histograms of durations. What lies in a bucket is put at one value within it:
 *
 * <ul>
 *   <li>between two bounds at their harmonic mean, {@code 2ab / (a + b)}: of all values it has the
 *       least greatest relative error, {@code (b - a) / (b + a)}. It is the value that DDSketch
 *       takes for its own buckets (https://arxiv.org/abs/1908.10693), and for theirs the error is 1
 *       %. For bounds that double, as common, it is 33 %, for 5 and 10 ms: 6.7 ms;
 *   <li>below the lowest bound in the middle, where no relative error can be promised: the absolute
 *       one is half the bound;
 *   <li>above the highest finite bound at that bound: so much is known, the rest is not.
 * </ul>
 *
 * <p>So the error of a quantile is that of the source's buckets. Count and mean are exact.
 */
final class Buckets {

  /** Above what exporters show (OpenTelemetry's exponential ones: 160 by default). */
  static final int MOST = 400;

  private Buckets() {}

  /** Count, sum in µs, and how many are in each bucket. */
  static long[] numbers(Distribution values, double toMs) throws Unreadable {
    List<Bucket> buckets = values.getBuckets();
    Measurements.require(values.getCount() >= 0 && buckets.size() <= MOST, Refusal.MALFORMED);
    boolean open = !buckets.isEmpty() && !isClosed(buckets);
    long[] numbers = new long[Reading.BUCKETS + buckets.size() + (open ? 1 : 0)];
    numbers[Reading.COUNT] = values.getCount();
    Double sum = values.getSum();
    boolean summed = sum != null && Double.isFinite(sum) && sum >= 0;
    numbers[Reading.SUM] = summed ? Durations.micros(sum * toMs) : Reading.ABSENT;
    long below = 0;
    int place = Reading.BUCKETS;
    for (Bucket bucket : buckets) {
      Measurements.require(bucket.getCount() >= below, Refusal.MALFORMED);
      numbers[place++] = bucket.getCount() - below;
      below = bucket.getCount();
    }
    Measurements.require(buckets.isEmpty() || below <= values.getCount(), Refusal.MALFORMED);
    if (open) {
      numbers[place] = values.getCount() - below;
    } else if (!buckets.isEmpty()) {
      // What a scrape caught between two writes: the last bucket is the count.
      numbers[Reading.COUNT] = below;
    }
    return numbers;
  }

  /** Upper bounds in ms; the last one is infinite. */
  static double[] boundsMs(Distribution values, double toMs) throws Unreadable {
    List<Bucket> buckets = values.getBuckets();
    if (buckets.isEmpty()) {
      return Reading.NO_BOUNDS;
    }
    double[] bounds = new double[buckets.size() + (isClosed(buckets) ? 0 : 1)];
    for (int bucket = 0; bucket < buckets.size(); bucket++) {
      bounds[bucket] = buckets.get(bucket).getUpperBound() * toMs;
      Measurements.require(
          !Double.isNaN(bounds[bucket]) && (bucket == 0 || bounds[bucket] > bounds[bucket - 1]),
          Refusal.MALFORMED);
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  private static boolean isClosed(List<Bucket> buckets) {
    return buckets.get(buckets.size() - 1).getUpperBound() == Double.POSITIVE_INFINITY;
  }

  /** The value that stands for a bucket, in ms. */
  static double representative(double[] boundsMs, int bucket) {
    double lower = bucket == 0 ? 0 : Math.max(0, boundsMs[bucket - 1]);
    double upper = Math.max(0, boundsMs[bucket]);
    if (Double.isInfinite(upper)) {
      return lower;
    }
    return lower == 0 ? upper / 2 : 2 * lower * upper / (lower + upper);
  }
}
