package io.tocsin.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.Share;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One line per step: what comes in at which second, and what has to come out of it. Decisions are
 * written as {@code OPENED OPEN P0}, {@code plan 1 restart}, {@code hold pending}.
 */
final class Timeline {

  private final Lifecycle lifecycle;
  private final List<Incident> incidents = new ArrayList<>();
  private Track track = Track.NEW;
  private Share share = Share.ALONE;

  Timeline(Rule rule) {
    this.lifecycle = new Lifecycle(rule);
  }

  Timeline probe(double second, Health health, String... wanted) {
    return signal(second, Signal.of(Examples.probe(health, at(second))).with(share), wanted);
  }

  Timeline signal(double second, Signal signal, String... wanted) {
    return take(second, lifecycle.onSignal(track, signal, at(second)), wanted);
  }

  Timeline share(int down, int known) {
    share = new Share(down, known);
    return this;
  }

  Timeline result(double second, int attempt, HealOutcome outcome, String... wanted) {
    HealResult result =
        HealResult.newBuilder()
            .setPlanId(Ids.plan(incident().getId(), attempt))
            .setIncidentId(incident().getId())
            .setAttempt(attempt)
            .setAction("restart")
            .setTargetId(incident().getResourceId())
            .setOutcome(outcome)
            .setReason("because")
            .setAt(at(second))
            .build();
    return take(second, lifecycle.onResult(track, result, at(second)), wanted);
  }

  Timeline clock(double second, String... wanted) {
    return take(second, lifecycle.onDeadline(track, at(second)), wanted);
  }

  Timeline remembersNoIncident() {
    assertThat(track.incident()).isNull();
    assertThat(track.heal()).isNull();
    assertThat(track.badSince()).isNull();
    assertThat(track.goodSince()).isNull();
    return this;
  }

  Incident incident() {
    return incidents.get(incidents.size() - 1);
  }

  List<Incident> incidents() {
    return incidents;
  }

  static Instant at(double second) {
    return Examples.NOON.plus(Duration.ofMillis(Math.round(second * 1_000)));
  }

  private Timeline take(double second, Step step, String... wanted) {
    assertThat(step.decisions().stream().map(Timeline::words))
        .as("at " + second)
        .containsExactly(wanted);
    track = step.track();
    for (Decision decision : step.decisions()) {
      if (decision instanceof Decision.Change change) {
        incidents.add(change.incident());
        assertThat(change.event().getVersion()).isEqualTo(change.incident().getVersion());
        assertThat(change.event().getIncidentId()).isEqualTo(change.incident().getId());
        assertThat(change.event().getCause()).isNotBlank();
      }
    }
    return this;
  }

  static String words(Decision decision) {
    if (decision instanceof Decision.Change change) {
      return change.event().getKind()
          + " "
          + change.event().getState()
          + " "
          + change.event().getPriority();
    } else if (decision instanceof Decision.Act act) {
      return "plan " + act.plan().getAttempt() + " " + act.plan().getAction();
    } else if (decision instanceof Decision.Hold hold) {
      return "hold " + hold.reason().tag();
    }
    return "ignore " + ((Decision.Ignore) decision).reason().tag();
  }
}
