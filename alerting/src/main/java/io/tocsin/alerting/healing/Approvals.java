package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.guard.Approval;
import io.tocsin.alerting.healing.guard.StandingOrders;
import io.tocsin.alerting.yaml.Words;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plans that are before a person. Used by one thread. */
final class Approvals {

  /** A plan whose waiting is over. */
  record Answered(HealPlan plan, Approval word) {
    /** Whether nobody has said anything in time. */
    boolean isExpired() {
      return word == null;
    }
  }

  private record Awaiting(HealPlan plan, Instant since) {}

  private final Duration within;
  private final StandingOrders orders;
  private final Map<String, Awaiting> byPlan = new LinkedHashMap<>();
  private volatile int size;

  Approvals(Duration within, StandingOrders orders) {
    this.within = within;
    this.orders = orders;
  }

  /** A plan is put before a person. */
  void begin(HealPlan plan, HealResult awaiting) {
    byPlan.put(plan.getId(), new Awaiting(plan, awaiting.getAt()));
    size = byPlan.size();
  }

  /** Whether a plan waits for a person's word. */
  boolean isAwaiting(String planId) {
    return byPlan.containsKey(planId);
  }

  /** Since when; empty if it does not. */
  Optional<Instant> awaitingSince(String planId) {
    return Optional.ofNullable(byPlan.get(planId)).map(Awaiting::since);
  }

  /** Takes out those that somebody has said a word on, and those whose time is over. */
  List<Answered> answered(Instant now) {
    List<Answered> answered = new ArrayList<>();
    for (Awaiting one : List.copyOf(byPlan.values())) {
      Optional<Approval> word =
          orders
              .word(one.plan().getId(), one.since())
              .filter(said -> said.at().isBefore(one.since().plus(within)));
      if (word.isPresent() || isOver(one.since(), now)) {
        byPlan.remove(one.plan().getId());
        answered.add(new Answered(one.plan(), word.orElse(null)));
      }
    }
    size = byPlan.size();
    return answered;
  }

  /** The end of what was put before a person and whose plan is not here; empty before its time. */
  Optional<HealResult> expired(HealResult awaiting, Instant now, long epoch) {
    return isAwaiting(awaiting.getPlanId()) || !isOver(awaiting.getAt(), now)
        ? Optional.empty()
        : Optional.of(
            Results.after(
                awaiting,
                HealOutcome.REFUSED,
                "approval: nobody agreed within " + Words.of(within),
                now,
                epoch));
  }

  private boolean isOver(Instant since, Instant now) {
    return !now.isBefore(since.plus(within));
  }

  /** How many wait. Thread-safe. */
  int size() {
    return size;
  }
}
