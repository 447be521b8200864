package io.tocsin.alerting.replay.trace;

import java.util.Map;
import java.util.TreeMap;

/** Counts what is wrong with a trace by reason, and keeps the first place of each. */
final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, String> examples = new TreeMap<>();

  void count(String reason, String place) {
    counts.merge(reason, 1L, Long::sum);
    examples.putIfAbsent(reason, place);
  }

  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  Map<String, String> examples() {
    return Map.copyOf(examples);
  }
}
