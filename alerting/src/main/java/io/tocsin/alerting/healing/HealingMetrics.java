package io.tocsin.alerting.healing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.HealResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What the responder counts. */
final class HealingMetrics {

  private final MeterRegistry registry;

  HealingMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One more result, by outcome. */
  void result(HealResult result) {
    count("tocsin.healing.results", result.getOutcome().name().toLowerCase(Locale.ROOT));
  }

  /** A plan that was refused, by guard. */
  void refused(String guard) {
    count("tocsin.healing.refused", guard);
  }

  /** A plan that got no answer because it had one. */
  void ignored(String reason) {
    count("tocsin.healing.ignored", reason);
  }

  /** A probe of a target that was not used. */
  void probeIgnored(String reason) {
    count("tocsin.healing.probes.ignored", reason);
  }

  /** A result that the log did not take, by kind of failure. */
  void unacknowledged(Throwable failure) {
    count("tocsin.healing.unacknowledged", failure.getClass().getSimpleName());
  }

  /** Reading failed, by kind of failure. */
  void readingFailed(Throwable failure) {
    count("tocsin.healing.reading.failures", failure.getClass().getSimpleName());
  }

  /** Time from taking a plan in to starting its action, and what the action took. */
  void ran(Duration untilStarted, Duration took) {
    registry.timer("tocsin.healing.start.delay").record(untilStarted);
    registry.timer("tocsin.healing.action.duration").record(took);
  }

  /** An action that did not help was undone, or was not; empty if there was nothing to undo. */
  void compensated(Optional<Boolean> succeeded) {
    count(
        "tocsin.healing.compensations",
        succeeded.map(done -> done ? "undone" : "failed").orElse("nothing"));
  }

  /** A person's command, by what became of it. */
  void command(String outcome) {
    count("tocsin.healing.commands", outcome);
  }

  /** An alert that says nothing new. */
  void alertIgnored() {
    count("tocsin.healing.alerts.ignored", "late");
  }

  /** Planned work that nobody can make sense of. */
  void silenceIgnored() {
    count("tocsin.healing.silences.ignored", "invalid");
  }

  /** An action that lost trust. */
  void demoted() {
    registry.counter("tocsin.healing.demotions").increment();
  }

  /** How many plans are where, asked whenever somebody reads it. */
  void plans(String state, Supplier<Number> count) {
    Gauge.builder("tocsin.healing.plans", count)
        .tag("state", state)
        .strongReference(true)
        .register(registry);
  }

  private void count(String name, String reason) {
    registry.counter(name, "reason", reason).increment();
  }
}
