package io.tocsin.alerting.healing.ledger;

import io.tocsin.schemas.HealResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has been done to whom, built from heal results alone: the same results give the same ledger,
 * so that it is the same after a crash. Not thread-safe.
 */
public final class Ledger {

  private final Map<String, Attempt> byPlan = new LinkedHashMap<>();
  private final Map<String, List<String>> plansByTarget = new HashMap<>();

  /** A ledger of these results. */
  public static Ledger of(Iterable<HealResult> results) {
    Ledger ledger = new Ledger();
    results.forEach(ledger::add);
    return ledger;
  }

  /** Enters a result. Entering it again changes nothing. */
  public void add(HealResult result) {
    Attempt known = byPlan.get(result.getPlanId());
    if (known == null) {
      byPlan.put(result.getPlanId(), Attempt.of(result));
      plansByTarget
          .computeIfAbsent(result.getTargetId(), target -> new ArrayList<>())
          .add(result.getPlanId());
    } else {
      byPlan.put(result.getPlanId(), known.with(result));
    }
  }

  /** Whether the plan has been answered: refused, or begun. */
  public boolean knows(String planId) {
    return byPlan.containsKey(planId);
  }

  /** The newest result of a plan. */
  public Optional<HealResult> latest(String planId) {
    return Optional.ofNullable(byPlan.get(planId)).map(Attempt::latest);
  }

  /** The step at which an action on the target, or its verification, is right now. */
  public Optional<HealResult> underWay(String targetId) {
    return acted(targetId).filter(Attempt::unfinished).map(Attempt::latest).findFirst();
  }

  /** How often the target was acted on later than {@code since}. */
  public int attemptsAfter(String targetId, Instant since) {
    return (int) acted(targetId).filter(attempt -> attempt.triedAt().isAfter(since)).count();
  }

  /** When the last action on the target was over. */
  public Optional<Instant> lastAction(String targetId) {
    return acted(targetId).map(Attempt::restsFrom).max(Comparator.naturalOrder());
  }

  /** The newest result of every plan that has begun and not come to an end, oldest plan first. */
  public List<HealResult> unfinished() {
    return byPlan.values().stream().filter(Attempt::unfinished).map(Attempt::latest).toList();
  }

  /**
   * Forgets the plans that came to an end before {@code limit}. Only safe for plans that can no
   * longer be read again.
   */
  public void forgetBefore(Instant limit) {
    byPlan
        .values()
        .removeIf(attempt -> !attempt.unfinished() && attempt.latest().getAt().isBefore(limit));
    plansByTarget.values().forEach(plans -> plans.removeIf(plan -> !byPlan.containsKey(plan)));
    plansByTarget.values().removeIf(List::isEmpty);
  }

  /** How many plans it knows. */
  public int size() {
    return byPlan.size();
  }

  private Stream<Attempt> acted(String targetId) {
    return plansByTarget.getOrDefault(targetId, List.of()).stream()
        .map(byPlan::get)
        .filter(Attempt::acted);
  }
}
