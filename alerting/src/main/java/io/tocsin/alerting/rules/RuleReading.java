package io.tocsin.alerting.rules;

import io.tocsin.alerting.yaml.Problem;
import java.util.List;

/**
 * What came of reading rules.
 *
 * @param rules those that nothing is wrong with, in the order of the files
 * @param problems all that is wrong with the others
 */
public record RuleReading(List<LoadedRule> rules, List<Problem> problems) {

  /** Copies what it is given. */
  public RuleReading {
    rules = List.copyOf(rules);
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong. */
  public boolean isGood() {
    return problems.isEmpty();
  }
}
