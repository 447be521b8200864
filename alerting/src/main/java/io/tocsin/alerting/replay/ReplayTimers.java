package io.tocsin.alerting.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** When whom to call; of the same time, in alphabetical order. */
final class ReplayTimers {

  private final TreeMap<Instant, SortedSet<String>> due = new TreeMap<>();

  void set(Instant at, String whom) {
    if (at != null) {
      due.computeIfAbsent(at, none -> new TreeSet<>()).add(whom);
    }
  }

  /** The earliest time that is not after a moment. */
  Optional<Instant> next(Instant until) {
    return due.isEmpty() || due.firstKey().isAfter(until)
        ? Optional.empty()
        : Optional.of(due.firstKey());
  }

  SortedSet<String> take() {
    Map.Entry<Instant, SortedSet<String>> first = due.pollFirstEntry();
    return first.getValue();
  }
}
