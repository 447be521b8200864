package io.tocsin.alerting.incidents;

import java.time.Duration;

/**
 * What is promised for one priority, in time from when the trouble began (to acknowledge: from when
 * people were told).
 *
 * @param acknowledge somebody takes it
 * @param mitigate its effect is over
 * @param resolve it is over
 */
public record Promise(Duration acknowledge, Duration mitigate, Duration resolve) {

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException if a figure makes no sense
   */
  public Promise {
    if (acknowledge.isNegative()
        || acknowledge.isZero()
        || mitigate.isNegative()
        || mitigate.isZero()
        || resolve.compareTo(mitigate) < 0) {
      throw new IllegalArgumentException(
          "a promise needs acknowledge and mitigate above 0, and resolve no shorter than mitigate,"
              + " but it is "
              + acknowledge
              + ", "
              + mitigate
              + ", "
              + resolve);
    }
  }
}
