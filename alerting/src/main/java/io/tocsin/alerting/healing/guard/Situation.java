package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Probe;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything a guard may look at.
 *
 * @param plan the plan to be judged; nothing in it is trusted
 * @param config what the operator allows
 * @param ledger what was done before
 * @param lastProbe the newest probe of the plan's target
 * @param now the time of judgement
 */
public record Situation(
    HealPlan plan, HealingConfig config, Ledger ledger, Optional<Probe> lastProbe, Instant now) {

  /** The action the plan names. Only to be used behind the guard that refuses unknown actions. */
  Action action() {
    return config.action(plan.getAction()).orElseThrow();
  }
}
