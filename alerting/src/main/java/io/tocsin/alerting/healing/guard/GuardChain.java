package io.tocsin.alerting.healing.guard;

import java.util.List;
import java.util.Optional;

/** All guards in their order; the first objection decides. */
public final class GuardChain {

  private static final List<Guard> ALL =
      List.of(
          PlanGuards::duplicate,
          // From here on the plan's text is known to be harmless and to name what is configured.
          PlanGuards::wellFormed,
          PlanGuards::knownAction,
          PlanGuards::allowedTarget,
          PlanGuards::freshness,
          HistoryGuards::oneAtATime,
          HistoryGuards::cooldown,
          HistoryGuards::attemptCap,
          HealthGuard::health,
          // Last, so that in observe mode a refusal by it means: everything else was right.
          PlanGuards::mode);

  /** What may have changed while the intent was being written. */
  private static final List<Guard> AGAIN = List.of(PlanGuards::freshness, HealthGuard::health);

  private GuardChain() {}

  /** Judges a plan. */
  public static Decision decide(Situation situation) {
    return first(ALL, situation).orElseGet(() -> new Decision.Allow(situation.action()));
  }

  /** Judges once more, right before acting, a plan that was allowed; waiting is over then. */
  public static Optional<Decision.Refuse> recheck(Situation situation) {
    return first(AGAIN, situation).map(GuardChain::refusal);
  }

  private static Decision.Refuse refusal(Decision objection) {
    return objection instanceof Decision.Wait wait
        ? new Decision.Refuse(wait.guard(), wait.reason())
        : (Decision.Refuse) objection;
  }

  private static Optional<Decision> first(List<Guard> guards, Situation situation) {
    return guards.stream().flatMap(guard -> guard.objection(situation).stream()).findFirst();
  }
}
