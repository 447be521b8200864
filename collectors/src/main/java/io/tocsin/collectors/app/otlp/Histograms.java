package io.tocsin.collectors.app.otlp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.schemas.Bucket;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.Quantile;
import java.util.ArrayList;
import java.util.List;

/**
 * Histograms and summaries as distributions. OTLP counts each bucket by itself, a {@link
 * Distribution} counts the lower ones too.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/">data model</a>
 */
final class Histograms {

  private static final int MOST_BUCKETS = 1_024;

  private Histograms() {}

  static Distribution of(HistogramDataPoint point, boolean delta) throws Malformed {
    int buckets = point.getBucketCountsCount();
    if (buckets > 0 && buckets != point.getExplicitBoundsCount() + 1) {
      throw new Malformed("a histogram has not one bucket more than bounds");
    }
    Buckets all = new Buckets(buckets);
    for (int i = 0; i < buckets; i++) {
      boolean last = i == buckets - 1;
      all.add(
          last ? Double.POSITIVE_INFINITY : point.getExplicitBounds(i), point.getBucketCounts(i));
    }
    Double sum = point.hasSum() ? (Double) point.getSum() : null;
    return distribution(point.getCount(), sum, all.finish(point.getCount()), delta);
  }

  /** Bucket i holds what is above base^i and at most base^(i+1), base being 2^(2^-scale). */
  static Distribution of(ExponentialHistogramDataPoint point, boolean delta) throws Malformed {
    if (point.getScale() < -30 || point.getScale() > 30) {
      throw new Malformed("the scale of an exponential histogram is not from -30 to 30");
    }
    double step = Math.scalb(1.0, -point.getScale());
    var negative = point.getNegative();
    var positive = point.getPositive();
    int buckets = negative.getBucketCountsCount() + positive.getBucketCountsCount() + 2;
    Buckets all = new Buckets(buckets);
    for (int i = negative.getBucketCountsCount() - 1; i >= 0; i--) {
      double bound = -Math.pow(2, ((double) negative.getOffset() + i) * step);
      all.add(bound, negative.getBucketCounts(i));
    }
    all.add(Math.max(0, point.getZeroThreshold()), point.getZeroCount());
    for (int i = 0; i < positive.getBucketCountsCount(); i++) {
      double bound = Math.pow(2, ((double) positive.getOffset() + i + 1) * step);
      all.add(bound, positive.getBucketCounts(i));
    }
    all.add(Double.POSITIVE_INFINITY, 0);
    Double sum = point.hasSum() ? (Double) point.getSum() : null;
    return distribution(point.getCount(), sum, all.finish(point.getCount()), delta);
  }

  /** Summaries count from the start of the process; the protocol knows no others. */
  static Distribution of(SummaryDataPoint point) throws Malformed {
    List<Quantile> quantiles = new ArrayList<>();
    for (var quantile : point.getQuantileValuesList()) {
      double share = quantile.getQuantile();
      if (!(share >= 0 && share <= 1)) {
        throw new Malformed("a quantile is no number from 0 to 1");
      }
      if (!Double.isNaN(quantile.getValue())) {
        quantiles.add(new Quantile(share, quantile.getValue()));
      }
    }
    Distribution summary = distribution(point.getCount(), point.getSum(), List.of(), false);
    summary.setQuantiles(quantiles);
    return summary;
  }

  private static Distribution distribution(
      long count, Double sum, List<Bucket> buckets, boolean delta) throws Malformed {
    if (count < 0) {
      throw new Malformed("a count is larger than 2^63 - 1");
    }
    if (sum != null && (sum.isNaN() || sum.isInfinite())) {
      throw new Malformed("the sum is infinite or not a number");
    }
    return new Distribution(count, sum, buckets, List.of(), delta);
  }

  /** Adds buckets up; those whose bounds a double cannot tell apart become one. */
  private static final class Buckets {

    private final List<Bucket> buckets;
    private double highest = Double.NEGATIVE_INFINITY;
    private long count;

    Buckets(int expected) throws Malformed {
      if (expected > MOST_BUCKETS) {
        throw new Malformed("a histogram has more than " + MOST_BUCKETS + " buckets");
      }
      buckets = new ArrayList<>(expected);
    }

    void add(double bound, long more) throws Malformed {
      if (!(bound >= highest)) {
        throw new Malformed("the bounds of a histogram do not rise");
      }
      if (more < 0 || count + more < 0) {
        throw new Malformed("a count is larger than 2^63 - 1");
      }
      count += more;
      if (bound == highest && !buckets.isEmpty()) {
        buckets.get(buckets.size() - 1).setCount(count);
      } else {
        buckets.add(new Bucket(bound, count));
      }
      highest = bound;
    }

    List<Bucket> finish(long claimed) throws Malformed {
      if (!buckets.isEmpty() && count != claimed) {
        throw new Malformed("the buckets of a histogram do not add up to its count");
      }
      return buckets;
    }
  }
}
