package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.fleet.Census;
import io.tocsin.alerting.healing.fleet.Place;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealPlan;
import java.time.Instant;

/**
 * Everything a guard may look at.
 *
 * @param plan the plan to be judged; nothing in it is trusted
 * @param config what the operator allows
 * @param ledger what was done before
 * @param known what is known of everything else
 * @param place where the plan's target is
 * @param census how everything stands
 * @param looked how its executor sees the target; null before it has looked
 * @param approval the person's word that let the plan in again; null for a plan that has none
 * @param now the time of judgement
 */
public record Situation(
    HealPlan plan,
    HealingConfig config,
    Ledger ledger,
    Known known,
    Place place,
    Census census,
    TargetState looked,
    Approval approval,
    Instant now) {

  /** The same at another time. */
  public Situation at(Instant time) {
    return new Situation(plan, config, ledger, known, place, census, looked, approval, time);
  }

  /** The action the plan names. Only to be used behind the guard that refuses unknown actions. */
  Action action() {
    return config.action(plan.getAction()).orElseThrow();
  }

  /** Whether it takes something away while it runs. */
  boolean isDisruptive() {
    return action().does().isDisruptive();
  }

  String target() {
    return plan.getTargetId();
  }
}
