package io.tocsin.alerting.incidents;

import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Heal results that were read before the plan they answer was made: alerts and results are two
 * topics, so after a restore either may be ahead.
 */
final class EarlyResults {

  /** As long as alerts are kept that a plan could still follow from. */
  private static final Duration FORGET_AFTER = Duration.ofDays(1);

  /** A replay has few; anything more is not from our responder. */
  static final int CAPACITY = 1_000;

  private final Table<HealResult> shelf;
  private final Map<String, HealResult> results = new LinkedHashMap<>();

  EarlyResults(Table<HealResult> shelf) {
    this.shelf = shelf;
    shelf.values().forEach(result -> results.put(key(result), result));
  }

  /** Keeps a result; false if there is no room for it. */
  boolean add(HealResult result, Instant now) {
    results.values().stream()
        .filter(old -> old.getAt().plus(FORGET_AFTER).isBefore(now))
        .filter(old -> result.getAt().isAfter(old.getAt()))
        .toList()
        .forEach(this::remove);
    if (results.size() >= CAPACITY) {
      return false;
    }
    results.put(key(result), result);
    shelf.put(key(result), result);
    return true;
  }

  /** Takes out the results of a plan, in the order of their steps. */
  List<HealResult> take(String planId) {
    List<HealResult> taken =
        results.values().stream()
            .filter(result -> result.getPlanId().equals(planId))
            .sorted(Comparator.comparing(HealResult::getAt).thenComparing(HealResult::getOutcome))
            .toList();
    taken.forEach(this::remove);
    return taken;
  }

  private void remove(HealResult result) {
    results.remove(key(result));
    shelf.remove(key(result));
  }

  private static String key(HealResult result) {
    return result.getPlanId() + "/" + result.getOutcome();
  }
}
