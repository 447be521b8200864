package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.fleet.Census;
import io.tocsin.alerting.healing.fleet.Place;
import io.tocsin.alerting.healing.guard.Known;
import io.tocsin.alerting.healing.guard.Situation;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Puts together what guards look at, and where plans act. Used by one thread. */
final class Situations {

  /** Counting everything takes milliseconds; how the others do may be this old. */
  private static final Duration CENSUS_EVERY = Duration.ofMillis(100);

  private final HealingConfig config;
  private final Set<String> targets;
  private final Ledger ledger;
  private final Known known;
  private final long epoch;
  private Census census;
  private Instant censusAt = Instant.MIN;

  Situations(HealingConfig config, Ledger ledger, Known known, long epoch) {
    this.config = config;
    this.targets = config.targets();
    this.ledger = ledger;
    this.known = known;
    this.epoch = epoch;
  }

  /** All that matters for a plan now. */
  Situation of(Candidate candidate, Instant now) {
    if (census == null || now.isAfter(censusAt.plus(CENSUS_EVERY))) {
      censusAt = now;
      census = Census.of(known.sightings(), known.fleet(), targets, now);
    }
    return new Situation(
        candidate.plan(),
        config,
        ledger,
        known,
        place(candidate.plan()),
        census,
        candidate.looked(now),
        candidate.approval(),
        now);
  }

  /** The first step of a plan, with where it acts. */
  HealResult result(HealPlan plan, HealOutcome outcome, String reason, Instant at) {
    return Results.of(plan, outcome, reason, at, place(plan), epoch);
  }

  private Place place(HealPlan plan) {
    // What no action may be used for is refused, and its name is not to be remembered.
    return targets.contains(plan.getTargetId())
        ? known.fleet().place(plan.getTargetId())
        : Place.NOWHERE;
  }
}
