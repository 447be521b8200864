package io.tocsin.capacity.rightsizing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A percentile in which old values count for less: after each half-life half as much, as the
 * histogram of the Kubernetes Vertical Pod Autoscaler does it (<a
 * href="https://github.com/kubernetes/design-proposals-archive/blob/main/autoscaling/vertical-pod-autoscaler.md">
 * its design</a>). Where that one has buckets this one keeps the values themselves, so that nothing
 * is rounded up twice.
 */
final class DecayingPercentile {

  private DecayingPercentile() {}

  /**
   * The smallest value that has at least a share of all weight at or below it.
   *
   * @param values in order of time, NaN in gaps
   * @param step between two of them
   * @param halfLife null if all count alike
   * @param share from 0 to 1
   * @return NaN if nothing is known
   */
  static double of(double[] values, Duration step, Duration halfLife, double share) {
    double decay =
        halfLife == null ? 1 : Math.pow(0.5, (double) step.toMillis() / halfLife.toMillis());
    double[][] weighted = new double[values.length][];
    int known = 0;
    double weight = 1;
    double total = 0;
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Double.isNaN(values[i])) {
        weighted[known++] = new double[] {values[i], weight};
        total += weight;
      }
      weight *= decay;
    }
    double[][] sorted = Arrays.copyOf(weighted, known);
    Arrays.sort(sorted, Comparator.comparingDouble(value -> value[0]));
    double below = 0;
    for (double[] value : sorted) {
      below += value[1];
      // The sum is made in another order than the total: the last digits may differ.
      if (below >= share * total * (1 - 1e-12)) {
        return value[0];
      }
    }
    return known == 0 ? Double.NaN : sorted[known - 1][0];
  }
}
