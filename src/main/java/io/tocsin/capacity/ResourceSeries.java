package io.tocsin.capacity;

import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * What was measured of one resource: figures on a grid of equal steps.
 *
 * @param id of the resource
 * @param kind HOST, VM or CONTAINER
 * @param service it belongs to; empty if none is known
 * @param host it runs on; empty if none is known
 * @param start of the first step; a multiple of the step since 1970
 * @param step length of each step
 * @param figures mean of each step, NaN where nothing is known; all arrays are of one length and
 *     are not to be changed
 */
public record ResourceSeries(
    String id,
    ResourceKind kind,
    String service,
    String host,
    Instant start,
    Duration step,
    Map<Figure, double[]> figures) {

  /** Steps, gaps included. */
  public int length() {
    return figures.values().stream().mapToInt(values -> values.length).max().orElse(0);
  }

  /** When the last step ends. */
  public Instant end() {
    return start.plus(step.multipliedBy(length()));
  }

  /** Whether anything is known of a figure. */
  public boolean has(Figure figure) {
    return known(figure) > 0;
  }

  /** The values of a figure; all NaN if nothing is known of it. */
  public double[] of(Figure figure) {
    double[] values = figures.get(figure);
    if (values == null) {
      values = new double[length()];
      Arrays.fill(values, Double.NaN);
    }
    return values;
  }

  /** Time of which a figure is known, in days; gaps do not count. */
  public double days(Figure figure) {
    return known(figure) * (step.toMillis() / 86_400_000.0);
  }

  /** The newest known value; NaN if there is none. */
  public double latest(Figure figure) {
    double[] values = of(figure);
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Double.isNaN(values[i])) {
        return values[i];
      }
    }
    return Double.NaN;
  }

  /**
   * Percentages of a figure times its capacity: cores or bytes in use; NaN where one is unknown.
   */
  public double[] used(Figure percent, Figure capacity) {
    double[] used = of(percent).clone();
    double[] of = of(capacity);
    for (int i = 0; i < used.length; i++) {
      used[i] *= of[i] / 100;
    }
    return used;
  }

  /**
   * A figure on a coarser grid: means of what is known.
   *
   * @param coarse a multiple of the step
   */
  public double[] coarser(Figure figure, Duration coarse) {
    long width = coarse.toMillis();
    long first = Math.floorDiv(start.toEpochMilli(), width);
    long last = Math.floorDiv(end().toEpochMilli() - 1, width);
    double[] sums = new double[(int) (last - first + 1)];
    int[] counts = new int[sums.length];
    double[] fine = of(figure);
    for (int i = 0; i < fine.length; i++) {
      if (!Double.isNaN(fine[i])) {
        long at = start.toEpochMilli() + i * step.toMillis();
        int bucket = (int) (Math.floorDiv(at, width) - first);
        sums[bucket] += fine[i];
        counts[bucket]++;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
    }
    return sums;
  }

  private long known(Figure figure) {
    return Arrays.stream(of(figure)).filter(value -> !Double.isNaN(value)).count();
  }
}
