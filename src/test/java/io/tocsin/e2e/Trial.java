package io.tocsin.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations that a trial has measured, and their percentiles. */
final class Trial {

  private final String name;
  private final List<Duration> measured = new ArrayList<>();

  Trial(String name) {
    this.name = name;
  }

  synchronized void add(Duration duration) {
    measured.add(duration);
  }

  synchronized int count() {
    return measured.size();
  }

  /** The smallest that at least this share of all does not exceed. */
  synchronized Duration percentile(double share) {
    List<Duration> sorted = new ArrayList<>(measured);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  String report() {
    return "%s: %d rounds, p50 %d ms, p95 %d ms, max %d ms"
        .formatted(
            name,
            measured.size(),
            percentile(0.5).toMillis(),
            percentile(0.95).toMillis(),
            percentile(1).toMillis());
  }
}
