package io.tocsin.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the broker has acknowledged, kept by the producers, and what windows ought to be made of it.
 * Thread-safe.
 */
final class Ledger {

  static final List<Duration> SIZES =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5));

  /** A longer pause makes no interval. */
  private static final long LONGEST_MS = 90_000;

  /** A window of a resource. */
  record Id(String resource, long sizeMs, long startsAt) {}

  /** Event time by sequence, by resource. */
  private final Map<String, Map<Long, Long>> samples = new ConcurrentHashMap<>();

  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  void acknowledged(String resource, long sequence, long at) {
    Map<Long, Long> mine = samples.computeIfAbsent(resource, key -> new ConcurrentHashMap<>());
    if (mine.put(sequence, at) != null) {
      duplicates.incrementAndGet();
    }
  }

  void failed(Throwable notAcknowledged) {
    failure.compareAndSet(null, notAcknowledged);
  }

  /** Why a sample was not acknowledged, so that nobody knows whether it is there; null if none. */
  Throwable failure() {
    return failure.get();
  }

  int duplicates() {
    return duplicates.get();
  }

  /** Distinct samples of a resource. */
  int distinct(String resource) {
    return samples.get(resource).size();
  }

  int distinct() {
    return samples.values().stream().mapToInt(Map::size).sum();
  }

  /** How many intervals each window has to have; windows of none are left out. */
  Map<Id, Integer> expected(String resource) {
    Map<Id, Integer> windows = new HashMap<>();
    List<Map.Entry<Long, Long>> ordered = new ArrayList<>(samples.get(resource).entrySet());
    ordered.sort(
        Map.Entry.<Long, Long>comparingByValue()
            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
    for (int i = 1; i < ordered.size(); i++) {
      long at = ordered.get(i).getValue();
      if (at - ordered.get(i - 1).getValue() <= LONGEST_MS) {
        for (Duration size : SIZES) {
          long startsAt = at - Math.floorMod(at, size.toMillis());
          windows.merge(new Id(resource, size.toMillis(), startsAt), 1, Integer::sum);
        }
      }
    }
    return windows;
  }
}
