package io.tocsin.streams.window;

import io.tocsin.schemas.Figure;
import java.util.Arrays;
import java.util.List;

/**
 * Figures of a few intervals, from the values themselves: a 10 s window has about ten, and sorting
 * those is cheaper than a sketch, and exact. Not thread-safe.
 */
final class ExactFigures implements WindowRecord.Figures {

  /** Above that a library's sort is the faster one. */
  private static final int INSERTION_AT_MOST = 32;

  private final List<Interval> intervals;
  private final double[] sorted;

  ExactFigures(List<Interval> intervals) {
    this.intervals = intervals;
    this.sorted = new double[intervals.size()];
  }

  @Override
  public Figure of(Metric metric) {
    int count = 0;
    long weight = 0;
    double weighted = 0;
    for (int place = 0; place < intervals.size(); place++) {
      Interval interval = intervals.get(place);
      double value = interval.value(metric);
      if (!Double.isNaN(value)) {
        weight += interval.lengthMs();
        weighted += value * interval.lengthMs();
        insert(value, count++);
      }
    }
    if (count == 0) {
      return null;
    }
    if (count > INSERTION_AT_MOST) {
      Arrays.sort(sorted, 0, count);
    }
    double max = sorted[count - 1];
    // rounding must not lift a mean above the largest of its values
    return new Figure(
        Math.min(max, weighted / weight),
        max,
        quantile(0.50, count),
        quantile(0.95, count),
        quantile(0.99, count));
  }

  private void insert(double value, int count) {
    int place = count;
    if (count < INSERTION_AT_MOST) {
      while (place > 0 && sorted[place - 1] > value) {
        sorted[place] = sorted[place - 1];
        place--;
      }
    }
    sorted[place] = value;
  }

  /** The rank is the one that {@link io.tocsin.streams.sketch.Sketch#quantile} uses. */
  private double quantile(double fraction, int count) {
    return sorted[(int) (fraction * (count - 1))];
  }
}
