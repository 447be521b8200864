package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Observation;

/** The rules in force. */
public interface RuleSource {

  /** The rules whose signal and selector fit an observation, shadows too. */
  Iterable<Rule> matching(Observation seen);

  /** The rule of that name; null if there is none. */
  Rule byName(String name);
}
