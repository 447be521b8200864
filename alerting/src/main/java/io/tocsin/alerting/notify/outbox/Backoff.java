package io.tocsin.alerting.notify.outbox;

import java.time.Duration;

/**
 * How long to wait after a failed try: 1 s, doubled each time, 5 min at most, less up to a quarter
 * by chance so that many do not come back at one moment. Chance is made of the id, so that a
 * restart comes to the same time. What the receiver asks for holds if it is longer, up to an hour.
 */
final class Backoff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration MOST = Duration.ofMinutes(5);
  static final Duration MOST_ASKED_FOR = Duration.ofHours(1);
  private static final double JITTER = 0.25;
  private static final int DOUBLINGS = 16;

  private Backoff() {}

  /**
   * The wait.
   *
   * @param attempts tries so far, from 1
   * @param retryAfter what the receiver asks for; null for nothing
   */
  static Duration after(String id, int attempts, Duration retryAfter) {
    long doubled = FIRST.toMillis() << Math.min(DOUBLINGS, Math.max(0, attempts - 1));
    long full = Math.min(doubled, MOST.toMillis());
    long wait = Math.round(full * (1 - JITTER * DeliveryIds.fraction(id, attempts)));
    return Duration.ofMillis(Math.max(wait, askedFor(retryAfter).toMillis()));
  }

  /** What the receiver asks for, within reason. */
  static Duration askedFor(Duration retryAfter) {
    if (retryAfter == null || retryAfter.isNegative()) {
      return Duration.ZERO;
    }
    return retryAfter.compareTo(MOST_ASKED_FOR) > 0 ? MOST_ASKED_FOR : retryAfter;
  }
}
