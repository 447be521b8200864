package io.tocsin.alerting.healing.trust;

/**
 * The score interval of a share: E. B. Wilson, "Probable Inference, the Law of Succession, and
 * Statistical Inference", Journal of the American Statistical Association 22 (1927), 209–212.
 */
final class Wilson {

  /** The normal distribution's quantile for 95 %, both sides. */
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /**
   * The upper bound of what share of tries may help, from 0 to 1, given how many did: {@code (p +
   * z²/2n + z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)}. 1 where nothing was tried.
   */
  static double upper(int helped, int tries) {
    if (tries == 0) {
      return 1;
    }
    double n = tries;
    double p = helped / n;
    double z2 = Z * Z;
    double spread = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    // Rounding must not take it below the share itself.
    return Math.min(1, Math.max(p, (p + z2 / (2 * n) + spread) / (1 + z2 / n)));
  }
}
