package io.tocsin.capacity;

import java.util.Arrays;

/** Quantiles of what is known; NaN is not. */
public final class Quantile {

  private Quantile() {}

  /**
   * Linear interpolation between order statistics, as R's type 7 (<a
   * href="https://doi.org/10.1080/00031305.1996.10473566">Hyndman and Fan 1996</a>).
   *
   * @param share from 0 to 1
   * @return NaN if nothing is known
   */
  public static double of(double[] values, double share) {
    return ofSorted(known(values), share);
  }

  /** The middle value; NaN if nothing is known. */
  public static double median(double[] values) {
    return of(values, 0.5);
  }

  /** Mean of what is known; NaN if nothing is. */
  public static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  /** What is known, in order. */
  public static double[] known(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  private static double ofSorted(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
  }
}
