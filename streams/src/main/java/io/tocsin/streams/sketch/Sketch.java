package io.tocsin.streams.sketch;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import io.tocsin.schemas.Figure;
import java.io.IOException;
import java.util.Arrays;

/**
 * Values that are not negative, summed up: weighted mean, least, greatest and quantiles. Mergeable:
 * the merge of sketches is, to the bit, the sketch of all their values, in whatever order.
 *
 * <p>The quantiles are DDSketch's (https://arxiv.org/abs/1908.10693) with its mapping of values to
 * buckets and so its 1 % of relative error. Only the buckets are kept differently: as two sorted
 * arrays of those in use. A resource has dozens of these, and the library's own stores begin at a
 * kilobyte each. Not thread-safe; changed in place.
 */
public final class Sketch {

  /** Quantiles are within this share of the true value. */
  public static final double RELATIVE_ACCURACY = 0.01;

  private static final IndexMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

  /** Less than that of a percent or of an operation a second is nothing. */
  private static final double ZERO = 1e-6;

  private static final int ZERO_BUCKET = Integer.MIN_VALUE;
  private static final int[] NO_BUCKETS = {};
  private static final long[] NO_COUNTS = {};

  private int[] buckets = NO_BUCKETS;
  private long[] counts = NO_COUNTS;
  private int used;
  private long weight;
  private final ExactSum weighted = new ExactSum();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** A sketch of no values. */
  public Sketch() {}

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return used == 0;
  }

  /** Adds a value that held for so many ms; one that is not known (NaN) changes nothing. */
  public void add(double value, long weightOfIt) {
    add(value, weightOfIt, 1);
  }

  /**
   * Adds a value that was seen so often.
   *
   * @param weightOfAll weight of all of them together
   */
  public void add(double value, long weightOfAll, long count) {
    if (Double.isNaN(value) || count <= 0) {
      return;
    }
    double positive = Math.max(0, value);
    weight += weightOfAll;
    weighted.add(positive * weightOfAll);
    min = Math.min(min, positive);
    max = Math.max(max, positive);
    count(positive < ZERO ? ZERO_BUCKET : MAPPING.index(positive), count);
  }

  private void count(int bucket, long count) {
    int place = Arrays.binarySearch(buckets, 0, used, bucket);
    if (place >= 0) {
      counts[place] += count;
      return;
    }
    place = -place - 1;
    if (used == buckets.length) {
      buckets = Arrays.copyOf(buckets, used + 8);
      counts = Arrays.copyOf(counts, used + 8);
    }
    System.arraycopy(buckets, place, buckets, place + 1, used - place);
    System.arraycopy(counts, place, counts, place + 1, used - place);
    buckets[place] = bucket;
    counts[place] = count;
    used++;
  }

  /** Adds all values of another one, which is left alone. */
  public void merge(Sketch other) {
    for (int place = 0; place < other.used; place++) {
      count(other.buckets[place], other.counts[place]);
    }
    weight += other.weight;
    weighted.add(other.weighted);
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** How many values. */
  public long count() {
    long total = 0;
    for (int place = 0; place < used; place++) {
      total += counts[place];
    }
    return total;
  }

  /** Sum of the weights. */
  public long weight() {
    return weight;
  }

  /** Weighted mean; NaN where there is no weight. */
  public double mean() {
    // rounding must not lift a mean above the largest of its values
    return Math.min(max, weighted.value() / weight);
  }

  /** The least value, to the bit; infinite where there is none. */
  public double min() {
    return min;
  }

  /** The greatest value, to the bit; negatively infinite where there is none. */
  public double max() {
    return max;
  }

  /**
   * The value below which the given fraction of the values lies, 0 to 1; NaN where there is none.
   */
  public double quantile(double fraction) {
    if (used == 0) {
      return Double.NaN;
    }
    double rank = fraction * (count() - 1);
    long seen = 0;
    int place = 0;
    while (place < used - 1 && seen + counts[place] <= rank) {
      seen += counts[place++];
    }
    return buckets[place] == ZERO_BUCKET
        ? 0
        : Math.max(min, Math.min(max, MAPPING.value(buckets[place])));
  }

  /** The figure of a window; null where nothing was known. */
  public Figure figure() {
    return isEmpty()
        ? null
        : new Figure(mean(), max, quantile(0.50), quantile(0.95), quantile(0.99));
  }

  /** As bytes: one for a sketch of no values. */
  public void write(Output out) throws IOException {
    Numbers.writeCount(out, used);
    if (used == 0) {
      return;
    }
    Numbers.writeCount(out, weight);
    weighted.write(out);
    Numbers.writeDouble(out, min);
    Numbers.writeDouble(out, max);
    long before = 0;
    for (int place = 0; place < used; place++) {
      Numbers.writeLong(out, buckets[place] - before);
      Numbers.writeCount(out, counts[place]);
      before = buckets[place];
    }
  }

  /** From bytes. */
  public static Sketch read(Input in) throws IOException {
    Sketch sketch = new Sketch();
    sketch.used = (int) Numbers.readCount(in);
    if (sketch.used == 0) {
      return sketch;
    }
    sketch.weight = Numbers.readCount(in);
    sketch.weighted.read(in);
    sketch.min = Numbers.readDouble(in);
    sketch.max = Numbers.readDouble(in);
    sketch.buckets = new int[sketch.used];
    sketch.counts = new long[sketch.used];
    long before = 0;
    for (int place = 0; place < sketch.used; place++) {
      before += Numbers.readLong(in);
      sketch.buckets[place] = (int) before;
      sketch.counts[place] = Numbers.readCount(in);
    }
    return sketch;
  }
}
