package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.TargetId;
import io.tocsin.schemas.HealPlan;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guards that look at the plan and the configuration. */
final class PlanGuards {

  /** Ids reach the action's environment, logs and people: letters, digits and a few marks. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  private PlanGuards() {}

  static Optional<Decision> duplicate(Situation situation) {
    return situation
        .ledger()
        .latest(situation.plan().getId())
        .map(
            answer ->
                new Decision.Ignore(
                    "duplicate",
                    "was answered at " + answer.getAt() + ", now " + answer.getOutcome()));
  }

  static Optional<Decision> wellFormed(Situation situation) {
    HealPlan plan = situation.plan();
    if (!ID.matcher(plan.getId()).matches()) {
      return Guard.refuse("form", "the plan's id must match " + ID.pattern());
    }
    if (!ID.matcher(plan.getIncidentId()).matches()) {
      return Guard.refuse("form", "the incident's id must match " + ID.pattern());
    }
    if (!TargetId.matches(plan.getTargetId())) {
      return Guard.refuse("target", "the target's id must match " + TargetId.PATTERN.pattern());
    }
    return Optional.empty();
  }

  static Optional<Decision> knownAction(Situation situation) {
    return situation.config().action(situation.plan().getAction()).isPresent()
        ? Optional.empty()
        : Guard.refuse("action", "the configuration has no action of that name");
  }

  static Optional<Decision> allowedTarget(Situation situation) {
    HealPlan plan = situation.plan();
    return situation.action().targets().ids().contains(plan.getTargetId())
        ? Optional.empty()
        : Guard.refuse(
            "target",
            situation.action().name()
                + " may not act on "
                + plan.getTargetId()
                + ": not among the action's targets");
  }

  static Optional<Decision> freshness(Situation situation) {
    HealPlan plan = situation.plan();
    return situation.now().isBefore(plan.getNotAfter())
        ? Optional.empty()
        : Guard.refuse(
            "freshness", "void since " + plan.getNotAfter() + ", now " + situation.now());
  }

  static Optional<Decision> mode(Situation situation) {
    return situation.config().mode() == Mode.AUTO
        ? Optional.empty()
        : Guard.refuse(
            "mode",
            "observe only: would have run "
                + situation.action().name()
                + " on "
                + situation.plan().getTargetId());
  }
}
