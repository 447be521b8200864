package io.tocsin.server.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theLadderSaysWhatWasTriedOnceForEachPlanWithItsNewestWord() {
    Remedies remedies =
        Remedies.of(
            AxisTest.incident(List.of()),
            List.of("look-again", "restart"),
            HealingConfig.of(Mode.APPROVE, List.of()),
            List.of(
                step("p1", "restart", HealOutcome.INTENT, 1),
                step("p1", "restart", HealOutcome.VERIFIED, 2),
                step("p2", "by-hand", HealOutcome.REFUSED, 3)),
            List.of());

    assertThat(remedies.ladder())
        .extracting(Remedies.Step::action)
        .containsExactly("look-again", "restart", "by-hand");
    assertThat(remedies.ladder()).allMatch(step -> step.mode().equals("APPROVE"));
    assertThat(remedies.ladder().get(0).tried()).isEmpty();
    assertThat(remedies.ladder().get(1).tried())
        .extracting(Remedies.Try::outcome)
        .containsExactly("VERIFIED");
  }

  @Test
  void whatIsChartedIsWhatTheAlertsSpeakOf() {
    Incident incident =
        AxisTest.incident(
            List.of(alert("host/a", "MEMORY"), alert("endpoint/shop", ""), alert("host/a", "CPU")));

    Remedies remedies =
        Remedies.of(incident, List.of(), HealingConfig.DEFAULT, List.of(), List.of());

    assertThat(remedies.figures())
        .containsExactly(
            new Remedies.Chart("host/a", "memory_percent"),
            new Remedies.Chart("host/a", "memory_pressure_percent"),
            new Remedies.Chart("endpoint/shop", "latency_ms"),
            new Remedies.Chart("host/a", "cpu_percent"),
            new Remedies.Chart("host/a", "cpu_pressure_percent"));
    assertThat(remedies.runbook()).isNull();
  }

  private static IncidentAlert alert(String resource, String series) {
    return IncidentAlert.newBuilder()
        .setAlertId(resource + series)
        .setRule("r")
        .setResourceId(resource)
        .setSeries(series)
        .setState("FIRING")
        .setSince(NOON)
        .setAt(NOON)
        .setSummary("")
        .build();
  }

  private static HealResult step(String plan, String action, HealOutcome outcome, int at) {
    return HealResult.newBuilder()
        .setPlanId(plan)
        .setIncidentId("i")
        .setAttempt(1)
        .setAction(action)
        .setTargetId("container/web")
        .setOutcome(outcome)
        .setReason("")
        .setAt(NOON.plusSeconds(at))
        .build();
  }
}
