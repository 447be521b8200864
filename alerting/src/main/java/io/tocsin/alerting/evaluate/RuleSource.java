package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observation;
import java.util.function.Supplier;

/** The rules in force. */
public interface RuleSource {

  /** The rules whose signal and selector fit an observation, shadows too. */
  Iterable<Rule> matching(Observation seen);

  /** The rule of that name; null if there is none. */
  Rule byName(String name);

  /** Whichever set is in force at the time. */
  static RuleSource of(Supplier<RuleSet> current) {
    return new RuleSource() {
      @Override
      public Iterable<Rule> matching(Observation seen) {
        return current.get().matching(seen);
      }

      @Override
      public Rule byName(String name) {
        return current.get().byName(name).orElse(null);
      }
    };
  }
}
