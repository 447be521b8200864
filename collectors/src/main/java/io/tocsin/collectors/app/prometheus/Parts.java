package io.tocsin.collectors.app.prometheus;

import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.schemas.Bucket;
import io.tocsin.schemas.Distribution;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Quantile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines that make up one histogram, summary or OpenMetrics counter, until all are there. */
final class Parts {

  private final Family family;
  private final Map<String, String> labels;
  final int firstLine;
  private List<Bucket> buckets = List.of();
  private List<Quantile> quantiles = List.of();
  private Double sum;
  private Long count;
  private Double total;
  private String name;
  private Instant startedAt;
  private Instant at;

  Parts(Family family, Map<String, String> labels, int firstLine) {
    this.family = family;
    this.labels = labels;
    this.firstLine = firstLine;
  }

  /**
   * One more line.
   *
   * @param bound the value of {@code le} or {@code quantile}; NaN for other parts
   */
  void add(Family.Part part, SampleLine line, double bound) throws Malformed {
    switch (part) {
      case BUCKET -> {
        buckets = buckets.isEmpty() ? new ArrayList<>(12) : buckets;
        buckets.add(new Bucket(bound, whole(line.value)));
      }
      case QUANTILE -> {
        // Clients write NaN for a quantile of nothing.
        if (!Double.isNaN(line.value)) {
          quantiles = quantiles.isEmpty() ? new ArrayList<>(4) : quantiles;
          quantiles.add(new Quantile(bound, finite(line.value)));
        }
      }
      case SUM -> sum = finite(line.value);
      case COUNT -> count = whole(line.value);
      case CREATED -> startedAt = SampleLine.seconds(line.value);
      case TOTAL, VALUE -> {
        total = finite(line.value);
        name = line.name;
      }
    }
    at = line.at == null ? at : line.at;
  }

  /** What they make up; null if only its beginning was told. */
  Figure figure() throws Malformed {
    if (family.type() == Family.Type.COUNTER) {
      return total == null
          ? null
          : new Figure(
              name,
              labels,
              MeasurementType.COUNTER,
              family.unit(),
              total,
              null,
              startedAt,
              at,
              null,
              false);
    }
    checkBuckets();
    if (count == null) {
      throw new Malformed("the count of a histogram or summary is missing");
    }
    if (quantiles.size() > 1) {
      quantiles.sort((a, b) -> Double.compare(a.getShare(), b.getShare()));
    }
    Distribution all = new Distribution(count, sum, buckets, quantiles, false);
    return Figure.of(family.name(), labels, all, startedAt, at).in(family.unit());
  }

  private void checkBuckets() throws Malformed {
    if (buckets.isEmpty()) {
      return;
    }
    buckets.sort((a, b) -> Double.compare(a.getUpperBound(), b.getUpperBound()));
    for (int i = 1; i < buckets.size(); i++) {
      if (buckets.get(i).getUpperBound() == buckets.get(i - 1).getUpperBound()) {
        throw new Malformed("a bucket is there twice");
      }
      if (buckets.get(i).getCount() < buckets.get(i - 1).getCount()) {
        throw new Malformed("a bucket holds less than the one below it");
      }
    }
    Bucket last = buckets.get(buckets.size() - 1);
    if (last.getUpperBound() != Double.POSITIVE_INFINITY) {
      throw new Malformed("the last bucket of a histogram is missing");
    }
    // The two may have been read at different moments; the buckets agree among themselves.
    count = last.getCount();
  }

  static double finite(double value) throws Malformed {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new Malformed("the value is infinite or not a number");
    }
    return value;
  }

  private static long whole(double value) throws Malformed {
    if (!(value >= 0 && value < 0x1p63)) {
      throw new Malformed("a count is no number from 0 to 2^63 - 1");
    }
    return Math.round(value);
  }
}
