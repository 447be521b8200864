package io.tocsin.alerting.healing;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plans that wait, one for each target. Used by one thread. */
final class Docket {

  private final Map<String, Candidate> byTarget = new LinkedHashMap<>();
  private volatile int size;

  /** The plan that waits for a target; null if none does. */
  Candidate of(String targetId) {
    return byTarget.get(targetId);
  }

  /** Lets it wait; false if it does already. */
  boolean keep(Candidate candidate) {
    boolean isNew = byTarget.putIfAbsent(candidate.plan().getTargetId(), candidate) == null;
    size = byTarget.size();
    return isNew;
  }

  /** Its waiting is over. */
  void drop(Candidate candidate) {
    byTarget.remove(candidate.plan().getTargetId(), candidate);
    size = byTarget.size();
  }

  /** Whose turn it is: the most urgent first, of those the one that has waited longest. */
  List<Candidate> inTurn() {
    return byTarget.values().stream()
        .sorted(Comparator.comparing(candidate -> candidate.plan().getPriority()))
        .toList();
  }

  boolean isEmpty() {
    return byTarget.isEmpty();
  }

  /** How many wait. Thread-safe. */
  int size() {
    return size;
  }
}
