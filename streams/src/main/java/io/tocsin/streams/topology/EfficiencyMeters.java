package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.streams.window.Rating;
import io.tocsin.streams.window.Refusal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the efficiency processor counts: nothing it leaves out goes unseen. */
final class EfficiencyMeters {

  private final MeterRegistry meters;
  private final Map<String, Counter> refused = new HashMap<>();
  private final Map<Rating.Reason, Counter> unrated = new HashMap<>();
  private final Counter accepted;
  private final Counter updates;
  private final Counter finals;
  private final Counter forgotten;

  EfficiencyMeters(MeterRegistry meters) {
    this.meters = meters;
    this.accepted = meters.counter("tocsin.streams.samples");
    this.updates = meters.counter("tocsin.streams.windows", "final", "false");
    this.finals = meters.counter("tocsin.streams.windows", "final", "true");
    this.forgotten = meters.counter("tocsin.streams.forgotten", "reason", "silent");
  }

  void accepted() {
    accepted.increment();
  }

  /** The word that it is counted by. */
  String refused(Refusal reason) {
    String word = reason.name().toLowerCase(Locale.ROOT);
    refused(word);
    return word;
  }

  void refused(String reason) {
    refused
        .computeIfAbsent(reason, tag -> meters.counter("tocsin.streams.refused", "reason", tag))
        .increment();
  }

  void unrated(Rating.Reason reason) {
    unrated
        .computeIfAbsent(
            reason,
            key ->
                meters.counter(
                    "tocsin.streams.unrated", "reason", key.name().toLowerCase(Locale.ROOT)))
        .increment();
  }

  void window(boolean isFinal) {
    (isFinal ? finals : updates).increment();
  }

  void forgotten() {
    forgotten.increment();
  }
}
