package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.TargetId;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.time.Instant;
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
        .filter(answer -> !isAnsweredByAPerson(situation, answer))
        .map(
            answer ->
                new Decision.Ignore(
                    "duplicate",
                    "was answered at " + answer.getAt() + ", now " + answer.getOutcome()));
  }

  private static boolean isAnsweredByAPerson(Situation situation, HealResult answer) {
    return situation.approval() != null && answer.getOutcome() == HealOutcome.AWAITING_APPROVAL;
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

  /** A plan that a person has agreed to is as fresh as their word. */
  static Optional<Decision> freshness(Situation situation) {
    HealPlan plan = situation.plan();
    Instant end =
        situation.approval() == null
            ? plan.getNotAfter()
            : situation
                .approval()
                .at()
                .plus(Duration.between(plan.getCreatedAt(), plan.getNotAfter()));
    return situation.now().isBefore(end)
        ? Optional.empty()
        : Guard.refuse("freshness", "void since " + end + ", now " + situation.now());
  }
}
