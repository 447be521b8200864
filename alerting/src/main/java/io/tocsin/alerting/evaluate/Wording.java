package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;

/** Says in a line what a rule has found. */
@FunctionalInterface
public interface Wording {

  /**
   * One line for people; text, never interpreted.
   *
   * @param figures what the rule looked at, and what every observation has beside its figures
   */
  String summary(Rule rule, Subject subject, Fields figures);
}
