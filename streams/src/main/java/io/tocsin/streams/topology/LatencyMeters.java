package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.streams.latency.Unrated;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the latency processors count: nothing they leave out goes unseen. */
final class LatencyMeters {

  private final MeterRegistry meters;
  private final Map<String, Counter> refused = new HashMap<>();
  private final Map<Unrated, Counter> unrated = new HashMap<>();
  private final Counter accepted;
  private final Counter updates;
  private final Counter finals;
  private final Counter forgotten;

  LatencyMeters(MeterRegistry meters) {
    this.meters = meters;
    this.accepted = meters.counter("tocsin.streams.latency.readings");
    this.updates = meters.counter("tocsin.streams.latency.windows", "final", "false");
    this.finals = meters.counter("tocsin.streams.latency.windows", "final", "true");
    this.forgotten = meters.counter("tocsin.streams.latency.forgotten", "reason", "silent");
  }

  void accepted() {
    accepted.increment();
  }

  void refused(String reason) {
    refused
        .computeIfAbsent(
            reason, tag -> meters.counter("tocsin.streams.latency.refused", "reason", tag))
        .increment();
  }

  void unrated(Unrated reason) {
    unrated
        .computeIfAbsent(
            reason,
            key ->
                meters.counter(
                    "tocsin.streams.latency.unrated",
                    "reason",
                    key.name().toLowerCase(Locale.ROOT)))
        .increment();
  }

  void window(boolean isFinal) {
    (isFinal ? finals : updates).increment();
  }

  void forgotten() {
    forgotten.increment();
  }
}
