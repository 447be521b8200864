package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Priority;

/**
 * How soon somebody has to act, and why: the mission's four priorities.
 *
 * <p>P0 the system is unavailable: act at once. P1 a core function is affected: within 1 hour. P2 a
 * non-core function is affected: within 4 hours. P3 a performance problem: within 24 hours.
 *
 * @param priority how soon
 * @param reason why, in words
 */
public record Classification(Priority priority, String reason) {

  /** The more urgent of two; the first where they are alike. */
  static Classification worse(Classification a, Classification b) {
    return a == null || b != null && b.priority().compareTo(a.priority()) < 0 ? b : a;
  }
}
