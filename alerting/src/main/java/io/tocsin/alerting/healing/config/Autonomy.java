package io.tocsin.alerting.healing.config;

/**
 * When an action that may run by itself has to ask again: once it is 95 % sure that less than this
 * share of its tries help, by rule, action and class of target.
 *
 * @param below from 0 to 1, default 0.8; 0 switches it off
 */
public record Autonomy(Double below) {

  /** Four of five have to help. */
  public static final Autonomy DEFAULT = new Autonomy(null);

  /**
   * Fills in the default.
   *
   * @throws IllegalArgumentException if it is no share
   */
  public Autonomy {
    below = below == null ? 0.8 : below;
    if (!(below >= 0 && below <= 1)) {
      throw new IllegalArgumentException("autonomy.below must be from 0 to 1, not " + below);
    }
  }
}
