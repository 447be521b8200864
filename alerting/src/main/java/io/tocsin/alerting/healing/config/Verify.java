package io.tocsin.alerting.healing.config;

import java.time.Duration;
import java.util.Objects;

/**
 * What has to be seen after an action before it counts as having helped.
 *
 * @param healthyProbes probes of the target in a row that have to say UP, at least 1
 * @param within how long after the action they may take
 */
public record Verify(int healthyProbes, Duration within) {

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if there is nothing to see, or no time to see it in
   */
  public Verify {
    Objects.requireNonNull(within, "verify.within is missing");
    if (healthyProbes < 1) {
      throw new IllegalArgumentException(
          "verify.healthyProbes must be at least 1, not " + healthyProbes);
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("verify.within must be more than 0, not " + within);
    }
  }
}
