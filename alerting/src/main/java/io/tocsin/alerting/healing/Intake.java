package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.guard.Known;
import io.tocsin.alerting.healing.guard.StandingOrders;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Takes in what is told of the world, and hands it to the watch. Used by one thread. */
final class Intake {

  /** What nobody has probed for a day is not probed any more. */
  private static final Duration SEEN_FOR = Duration.ofDays(1);

  private final Known known;
  private final Watch watch;
  private final Answers answers;
  private final HealingMetrics metrics;
  private final HealthSignals signals;

  Intake(Known known, Watch watch, Answers answers, HealingMetrics metrics) {
    this.known = known;
    this.watch = watch;
    this.answers = answers;
    this.metrics = metrics;
    this.signals = new HealthSignals(known.sightings(), metrics);
  }

  /** The inventory, planned work and what rules say. */
  void facts(Feed.Batch batch) {
    batch
        .resources()
        .forEach(
            (id, resource) -> {
              known.fleet().put(id, resource);
              if (resource == null) {
                known.sightings().forget(id);
              }
            });
    for (Silence silence : batch.silences()) {
      if (!known.orders().take(silence)) {
        metrics.silenceIgnored();
      }
    }
    batch.alerts().forEach(this::alert);
  }

  private void alert(Alert alert) {
    if (known.alarms().accept(alert)) {
      known.alarms().of(alert.getId()).ifPresent(watch::see);
    } else {
      metrics.alertIgnored();
    }
  }

  /** A probe; false if it says nothing new. */
  boolean probe(Probe probe, Instant now) {
    boolean isNew = signals.accept(probe, now);
    if (isNew) {
      watch.see(probe);
    }
    return isNew;
  }

  /**
   * What somebody says; told the audit, too, what became of it. Of what is for others the audit
   * hears that it was said: this is the one place that writes to its chain.
   *
   * @param awaitingSince since when a plan of an id has been before a person
   */
  void command(Command command, Function<String, Optional<Instant>> awaitingSince, Instant now) {
    if (!KafkaFeed.isForUs(command)) {
      metrics.command("noted");
      answers.note(AuditNote.of(command, "NOTED"));
      return;
    }
    StandingOrders.Outcome outcome =
        promote(command, known.orders().take(command, awaitingSince, now));
    metrics.command(outcome.name().toLowerCase(Locale.ROOT));
    answers.note(AuditNote.of(command, outcome.name()));
  }

  /** What somebody said before a restart and the audit knows already. */
  void recall(Command command, Instant now) {
    promote(command, known.orders().recall(command, now));
  }

  private StandingOrders.Outcome promote(Command command, StandingOrders.Outcome outcome) {
    if (outcome == StandingOrders.Outcome.TAKEN && command.getKind() == CommandKind.HEAL_PROMOTE) {
      known.trust().promote(command.getAutonomy(), command.getAt());
    }
    return outcome;
  }

  /** Forgets what is long over. */
  void forget(Instant now) {
    known.sightings().forgetBefore(now.minus(SEEN_FOR));
    known.alarms().forget(now);
    known.orders().forget(now);
  }
}
