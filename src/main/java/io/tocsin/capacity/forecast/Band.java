package io.tocsin.capacity.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * How far off forecasts were, by how far ahead they looked: what has to be added for the ends of a
 * prediction interval. Empirical quantiles of past errors with the finite-sample correction of
 * split conformal prediction (<a href="https://doi.org/10.1080/01621459.2017.1307116">Lei et al.
 * 2018</a>), each tail alone, so that nothing about the shape of the errors is assumed. Errors of
 * steps that are as many days ahead are taken together, and it never narrows with distance.
 */
final class Band {

  private final double[] below;
  private final double[] above;
  private final int block;

  private Band(double[] below, double[] above, int block) {
    this.below = below;
    this.above = above;
    this.block = block;
  }

  /**
   * Learns from trials.
   *
   * @param level share of outcomes that should be within, such as 0.9
   * @param block steps that are taken together
   */
  static Band of(List<Trial> trials, int horizon, double level, int block) {
    int blocks = (horizon + block - 1) / block;
    double[] below = new double[blocks];
    double[] above = new double[blocks];
    for (int b = 0; b < blocks; b++) {
      int from = b * block;
      int to = Math.min(horizon, from + block);
      double[] errors =
          trials.stream()
              .flatMapToDouble(
                  trial ->
                      Arrays.stream(
                          trial.errors(),
                          Math.min(from, trial.errors().length),
                          Math.min(to, trial.errors().length)))
              .filter(error -> !Double.isNaN(error))
              .sorted()
              .toArray();
      double before = b == 0 ? 0 : below[b - 1];
      double beforeAbove = b == 0 ? 0 : above[b - 1];
      below[b] = Math.min(before, rank(errors, (1 - level) / 2, false));
      above[b] = Math.max(beforeAbove, rank(errors, (1 + level) / 2, true));
    }
    return new Band(below, above, block);
  }

  private static double rank(double[] sorted, double share, boolean up) {
    if (sorted.length == 0) {
      return 0;
    }
    double rank = (sorted.length + 1) * share;
    int index = (int) (up ? Math.ceil(rank) : Math.floor(rank)) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, index))];
  }

  /** What to add for the lower end; not above 0. */
  double below(int ahead) {
    return below[Math.min(below.length - 1, ahead / block)] * stretch(ahead);
  }

  /** What to add for the upper end; not below 0. */
  double above(int ahead) {
    return above[Math.min(above.length - 1, ahead / block)] * stretch(ahead);
  }

  /** Beyond what was tested it grows in proportion, as the error of a slope does. */
  private double stretch(int ahead) {
    return Math.max(1, (ahead + 1.0) / (below.length * block));
  }
}
