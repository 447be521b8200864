package io.tocsin.alerting.healing.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All guards in their order, the cheap ones first; the first objection decides. */
public final class GuardChain {

  /** Who waits for room. */
  public static final String BLAST_RADIUS = ShareGuards.BLAST_RADIUS;

  private record Named(String name, Guard guard) {}

  private static final List<Named> ALL =
      List.of(
          new Named("duplicate", PlanGuards::duplicate),
          // From here on the plan's text is known to be harmless and to name what is configured.
          new Named("form", PlanGuards::wellFormed),
          new Named("action", PlanGuards::knownAction),
          new Named("target", PlanGuards::allowedTarget),
          new Named("freshness", PlanGuards::freshness),
          new Named("paused", OrderGuards::paused),
          new Named("maintenance", OrderGuards::maintenance),
          new Named("deployment", OrderGuards::deployment),
          new Named("after", OrderGuards::after),
          new Named("one-at-a-time", HistoryGuards::oneAtATime),
          new Named("cooldown", HistoryGuards::cooldown),
          new Named("attempts", HistoryGuards::attemptCap),
          new Named("rate", HistoryGuards::rate),
          new Named("health", HealthGuard::health),
          new Named("completeness", ShareGuards::completeness),
          new Named("healthy-share", ShareGuards::healthyShare),
          new Named(BLAST_RADIUS, ShareGuards::blastRadius),
          new Named("ownership", LastGuards::owner),
          new Named("autonomy", LastGuards::autonomy),
          new Named("mode", LastGuards::byMode));

  /**
   * What may have changed while the intent was being written; looks at nothing one thread keeps.
   */
  private static final List<Guard> AGAIN =
      List.of(PlanGuards::freshness, OrderGuards::paused, HealthGuard::health);

  private GuardChain() {}

  /** Judges a plan. */
  public static Judgement decide(Situation situation) {
    List<String> passed = new ArrayList<>();
    for (Named named : ALL) {
      Optional<Decision> objection = named.guard().objection(situation);
      if (objection.isPresent()) {
        return new Judgement(objection.get(), passed);
      }
      passed.add(named.name());
    }
    return new Judgement(new Decision.Allow(situation.action()), passed);
  }

  /** Judges once more, right before acting, a plan that was allowed; waiting is over then. */
  public static Optional<Decision.Refuse> recheck(Situation situation) {
    return AGAIN.stream()
        .flatMap(guard -> guard.objection(situation).stream())
        .findFirst()
        .map(GuardChain::refusal);
  }

  /** Names of all guards, in their order. */
  public static Stream<String> names() {
    return ALL.stream().map(Named::name);
  }

  private static Decision.Refuse refusal(Decision objection) {
    return objection instanceof Decision.Wait wait
        ? new Decision.Refuse(wait.guard(), wait.reason())
        : (Decision.Refuse) objection;
  }
}
