package io.tocsin.alerting.healing.config;

import java.time.Duration;

/**
 * How many actions may be begun in all.
 *
 * @param actions default 20
 * @param within default 10 min
 */
public record Rate(Integer actions, Duration within) {

  /** Twenty in ten minutes. */
  public static final Rate DEFAULT = new Rate(null, null);

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException if a figure makes no sense
   */
  public Rate {
    actions = actions == null ? 20 : actions;
    within = within == null ? Duration.ofMinutes(10) : within;
    if (actions < 1 || within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("rate: actions and within must be more than 0");
    }
  }
}
