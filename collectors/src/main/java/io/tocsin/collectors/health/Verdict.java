package io.tocsin.collectors.health;

import io.tocsin.schemas.Health;

/**
 * What one attempt came to.
 *
 * @param health UP, DOWN, or UNKNOWN where it could not be measured
 * @param evidence why, in words
 * @param answered whether the endpoint answered, so that there is a latency to speak of
 */
record Verdict(Health health, String evidence, boolean answered) {

  static Verdict up(String evidence) {
    return new Verdict(Health.UP, evidence, true);
  }

  /** It answered, but not as expected. */
  static Verdict wrong(String evidence) {
    return new Verdict(Health.DOWN, evidence, true);
  }

  static Verdict down(String evidence) {
    return new Verdict(Health.DOWN, evidence, false);
  }

  static Verdict unknown(String evidence) {
    return new Verdict(Health.UNKNOWN, evidence, false);
  }
}
