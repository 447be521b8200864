package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import io.tocsin.schemas.Figure;
import java.util.Arrays;

/**
 * One metric over one window: weighted mean, maximum and quantiles.
 *
 * <p>The quantiles are DDSketch's (https://arxiv.org/abs/1908.10693) with its mapping of values to
 * buckets and so its 1 % of relative error. Only the buckets are kept differently: as two sorted
 * arrays of those in use. A resource has 36 of these, they are read and written with every sample,
 * and the library's own stores begin at a kilobyte each. Exact values would need 300 numbers per
 * metric in the 5 min window.
 */
final class Sketch {

  static final double RELATIVE_ACCURACY = 0.01;
  private static final IndexMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

  /** Less than that of a percent or of an operation a second is nothing. */
  private static final double ZERO = 1e-6;

  private static final int ZERO_BUCKET = Integer.MIN_VALUE;
  private static final int[] NONE = {};

  int[] buckets = NONE;
  int[] counts = NONE;
  int used;
  long weight;
  double weighted;
  double max = Double.NEGATIVE_INFINITY;

  boolean isEmpty() {
    return used == 0;
  }

  /** Adds a value that held for so many ms; one that is not known (NaN) changes nothing. */
  void add(double value, long lengthMs) {
    if (Double.isNaN(value)) {
      return;
    }
    weight += lengthMs;
    weighted += value * lengthMs;
    max = Math.max(max, value);
    count(value < ZERO ? ZERO_BUCKET : MAPPING.index(value));
  }

  private void count(int bucket) {
    int place = Arrays.binarySearch(buckets, 0, used, bucket);
    if (place >= 0) {
      counts[place]++;
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
    counts[place] = 1;
    used++;
  }

  Sketch copy() {
    Sketch copy = new Sketch();
    // room for what the caller is about to add
    copy.buckets = Arrays.copyOf(buckets, used + 4);
    copy.counts = Arrays.copyOf(counts, used + 4);
    copy.used = used;
    copy.weight = weight;
    copy.weighted = weighted;
    copy.max = max;
    return copy;
  }

  double mean() {
    // rounding must not lift a mean above the largest of its values
    return Math.min(max, weighted / weight);
  }

  /** The value below which the given fraction of the values lies, 0 to 1. */
  double quantile(double fraction) {
    long total = 0;
    for (int place = 0; place < used; place++) {
      total += counts[place];
    }
    double rank = fraction * (total - 1);
    long seen = 0;
    int place = 0;
    while (place < used - 1 && seen + counts[place] <= rank) {
      seen += counts[place++];
    }
    return buckets[place] == ZERO_BUCKET ? 0 : Math.min(max, MAPPING.value(buckets[place]));
  }

  /** The figure of a window; null where nothing was known. */
  Figure figure() {
    return isEmpty()
        ? null
        : new Figure(mean(), max, quantile(0.50), quantile(0.95), quantile(0.99));
  }
}
