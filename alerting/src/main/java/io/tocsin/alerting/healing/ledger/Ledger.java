package io.tocsin.alerting.healing.ledger;

import io.tocsin.schemas.HealResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What has been done to whom, built from heal results alone: the same results give the same ledger,
 * so that it is the same after a crash. One ledger for all executors. Not thread-safe.
 */
public final class Ledger {

  /** A plan at a time, in the order of times. */
  private record Mark(Instant at, String planId) {
    static final Comparator<Mark> ORDER =
        Comparator.comparing(Mark::at).thenComparing(Mark::planId);

    /** Sorts behind all plans at a time. */
    static Mark after(Instant at) {
      return new Mark(at, "\uffff");
    }
  }

  private final Map<String, Attempt> byPlan = new LinkedHashMap<>();
  private final Map<String, List<String>> plansByTarget = new HashMap<>();

  /** Of plans that acted: when they began. */
  private final NavigableSet<Mark> begins = new TreeSet<>(Mark.ORDER);

  /** Of plans that acted and came to their end: when that was. */
  private final NavigableSet<Mark> ends = new TreeSet<>(Mark.ORDER);

  private final Map<String, Attempt> underWay = new LinkedHashMap<>();
  private final Map<String, Attempt> awaiting = new LinkedHashMap<>();

  /** A ledger of these results. */
  public static Ledger of(Iterable<HealResult> results) {
    Ledger ledger = new Ledger();
    results.forEach(ledger::add);
    return ledger;
  }

  /** Enters a result. Entering it again changes nothing. */
  public void add(HealResult result) {
    String plan = result.getPlanId();
    Attempt known = byPlan.get(plan);
    Attempt next = known == null ? Attempt.of(result) : known.with(result);
    if (known == null) {
      plansByTarget.computeIfAbsent(result.getTargetId(), target -> new ArrayList<>()).add(plan);
    } else {
      dropMarks(plan, known);
    }
    byPlan.put(plan, next);
    if (next.underWay()) {
      underWay.put(plan, next);
    }
    if (next.awaiting()) {
      awaiting.put(plan, next);
    }
    if (next.acted()) {
      begins.add(new Mark(next.triedAt(), plan));
      if (!next.unfinished()) {
        ends.add(new Mark(next.latest().getAt(), plan));
      }
    }
  }

  private void dropMarks(String plan, Attempt known) {
    underWay.remove(plan);
    awaiting.remove(plan);
    begins.remove(new Mark(known.triedAt(), plan));
    ends.remove(new Mark(known.latest().getAt(), plan));
  }

  /** Whether the plan has been answered: refused, begun, or put before a person. */
  public boolean knows(String planId) {
    return byPlan.containsKey(planId);
  }

  /** Whether the plan is known and has come to its end. */
  public boolean isOver(String planId) {
    Attempt attempt = byPlan.get(planId);
    return attempt != null && !attempt.unfinished();
  }

  /** The newest result of a plan. */
  public Optional<HealResult> latest(String planId) {
    return Optional.ofNullable(byPlan.get(planId)).map(Attempt::latest);
  }

  /** The step at which an action on the target, or its verification, is right now. */
  public Optional<HealResult> underWay(String targetId) {
    return ofTarget(targetId).filter(Attempt::underWay).map(Attempt::latest).findFirst();
  }

  /** What was put before a person about the target. */
  public Optional<HealResult> awaiting(String targetId) {
    return ofTarget(targetId).filter(Attempt::awaiting).map(Attempt::latest).findFirst();
  }

  /** What was put before a person about anything. */
  public List<HealResult> awaiting() {
    return awaiting.values().stream().map(Attempt::latest).toList();
  }

  /** How often the target was acted on later than {@code since}. */
  public int attemptsAfter(String targetId, Instant since) {
    return (int) acted(targetId).filter(attempt -> attempt.triedAt().isAfter(since)).count();
  }

  /** When the last action on the target was over. */
  public Optional<Instant> lastAction(String targetId) {
    return acted(targetId).map(Attempt::restsFrom).max(Comparator.naturalOrder());
  }

  /** How many actions, on whatever target, were begun later than {@code since}. */
  public int begunAfter(Instant since) {
    return begins.tailSet(Mark.after(since), true).size();
  }

  /**
   * The newest result of every plan whose target is being acted on or watched, or was until later
   * than {@code since}. Where each is stands in its result.
   */
  public List<HealResult> acting(Instant since) {
    return Stream.concat(
            underWay.values().stream(),
            ends.tailSet(Mark.after(since), true).stream().map(end -> byPlan.get(end.planId())))
        .map(Attempt::latest)
        .toList();
  }

  /** The newest result of every plan that has not come to an end, oldest plan first. */
  public List<HealResult> unfinished() {
    return byPlan.values().stream().filter(Attempt::unfinished).map(Attempt::latest).toList();
  }

  /** The newest result of every plan, oldest plan first. */
  public List<HealResult> latest() {
    return byPlan.values().stream().map(Attempt::latest).toList();
  }

  /**
   * Forgets the plans that came to an end before {@code limit}. Only safe for plans that can no
   * longer be read again.
   */
  public void forgetBefore(Instant limit) {
    List<String> old =
        byPlan.entrySet().stream()
            .filter(plan -> !plan.getValue().unfinished())
            .filter(plan -> plan.getValue().latest().getAt().isBefore(limit))
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(plan -> dropMarks(plan, byPlan.remove(plan)));
    plansByTarget.values().forEach(plans -> plans.removeIf(plan -> !byPlan.containsKey(plan)));
    plansByTarget.values().removeIf(List::isEmpty);
  }

  /** How many plans it knows. */
  public int size() {
    return byPlan.size();
  }

  private Stream<Attempt> ofTarget(String targetId) {
    return plansByTarget.getOrDefault(targetId, List.of()).stream().map(byPlan::get);
  }

  private Stream<Attempt> acted(String targetId) {
    return ofTarget(targetId).filter(Attempt::acted);
  }
}
