package io.tocsin.alerting.rule;

/**
 * How much of a service is down.
 *
 * @param down endpoints whose newest probe said DOWN
 * @param known endpoints whose newest probe is fresh and said UP or DOWN
 */
public record Share(int down, int known) {

  /** A resource that stands for itself. */
  public static final Share ALONE = new Share(1, 1);

  /** Whether nothing is known to work any more. */
  public boolean isWhole() {
    return down >= known;
  }
}
