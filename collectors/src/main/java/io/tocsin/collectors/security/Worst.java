package io.tocsin.collectors.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the worst findings, and of equally bad ones those that came first. Not thread-safe. */
final class Worst {

  private record Ranked(TrivyFinding finding, long number) {}

  private static final Comparator<Ranked> LEAST_FIRST =
      Comparator.comparingInt((Ranked ranked) -> ranked.finding().rank())
          .thenComparing(Comparator.comparingLong(Ranked::number).reversed());

  private final int limit;
  private final PriorityQueue<Ranked> kept = new PriorityQueue<>(LEAST_FIRST);
  private long count;

  Worst(int limit) {
    this.limit = limit;
  }

  /** Takes one in, and lets go of the least bad one where there are too many. */
  void add(TrivyFinding finding) {
    kept.add(new Ranked(finding, count++));
    if (kept.size() > limit) {
      kept.remove();
    }
  }

  /** Whether some were let go of. */
  boolean isOverLimit() {
    return count > limit;
  }

  /** Those kept, the worst first. */
  List<TrivyFinding> worstFirst() {
    List<Ranked> ranked = new ArrayList<>(kept);
    ranked.sort(LEAST_FIRST.reversed());
    return ranked.stream().map(Ranked::finding).toList();
  }
}
