package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.Truth;
import io.tocsin.alerting.signal.Fields;

/** What a rule says of one observation, from the best to the worst. */
public enum Verdict {
  /** Its clear condition holds. */
  GOOD,
  /** Neither bad nor good: between the two thresholds of a hysteresis. */
  BETWEEN,
  /** Its conditions cannot be told. */
  UNKNOWN,
  /** Its condition holds. */
  BAD;

  /** What a rule says of these figures. */
  static Verdict of(Rule rule, Fields figures) {
    Truth bad = rule.when().of(figures);
    if (bad == Truth.TRUE) {
      return BAD;
    }
    Truth good = rule.clear() == null ? bad.not() : rule.clear().of(figures);
    if (good == Truth.TRUE) {
      return GOOD;
    }
    return bad == Truth.FALSE && good == Truth.FALSE ? BETWEEN : UNKNOWN;
  }

  boolean isWorseThan(Verdict other) {
    return compareTo(other) > 0;
  }
}
