package io.tocsin.server.rule;

import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.rules.RuleSet;
import java.time.Instant;

/** What tries rules on what was. */
@FunctionalInterface
public interface Backtests {

  /**
   * Tries them; ends with an unchecked exception soon after its thread is interrupted.
   *
   * @throws RuntimeException if what was cannot be read
   */
  BacktestReport run(RuleSet rules, Instant from, Instant to);
}
