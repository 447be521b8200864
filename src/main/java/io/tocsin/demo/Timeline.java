package io.tocsin.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** When each step was first seen by an observer of the topics, and what was seen. Thread-safe. */
public final class Timeline {

  /**
   * A step that was seen.
   *
   * @param afterKillMs milliseconds since the kill
   * @param detail what was seen, in words
   */
  public record Entry(Step step, Instant at, long afterKillMs, String detail) {}

  private record Seen(Instant at, String detail) {}

  private final Map<Step, Seen> seen = new EnumMap<>(Step.class);

  /** Notes a step; only the first time counts. */
  public synchronized void see(Step step, Instant at, String detail) {
    seen.putIfAbsent(step, new Seen(at, detail));
    notifyAll();
  }

  /** Whether a step was seen. */
  public synchronized boolean has(Step step) {
    return seen.containsKey(step);
  }

  /** Waits for a step; false if it is not seen in time. */
  public synchronized boolean await(Step step, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!seen.containsKey(step)) {
      long leftMs = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }

  /** What was seen, in the order of the steps; empty before the kill. */
  public synchronized List<Entry> entries() {
    Seen kill = seen.get(Step.KILLED);
    if (kill == null) {
      return List.of();
    }
    return seen.entrySet().stream()
        .map(
            entry ->
                new Entry(
                    entry.getKey(),
                    entry.getValue().at(),
                    Duration.between(kill.at(), entry.getValue().at()).toMillis(),
                    entry.getValue().detail()))
        .toList();
  }

  /** The first step that is missing, if any. */
  public synchronized Optional<Step> missing() {
    return Stream.of(Step.values()).filter(step -> !seen.containsKey(step)).findFirst();
  }
}
