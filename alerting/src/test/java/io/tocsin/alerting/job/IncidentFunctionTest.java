package io.tocsin.alerting.job;

import static io.tocsin.schemas.HealOutcome.EXECUTED;
import static io.tocsin.schemas.HealOutcome.INTENT;
import static io.tocsin.schemas.HealOutcome.VERIFIED;
import static io.tocsin.schemas.Health.DOWN;
import static io.tocsin.schemas.Health.UP;
import static io.tocsin.schemas.IncidentEventKind.HEALING_PLANNED;
import static io.tocsin.schemas.IncidentEventKind.HEALING_STARTED;
import static io.tocsin.schemas.IncidentEventKind.HEALING_UNANSWERED;
import static io.tocsin.schemas.IncidentEventKind.NEEDS_HUMAN;
import static io.tocsin.schemas.IncidentEventKind.OPENED;
import static io.tocsin.schemas.IncidentEventKind.RESOLVED;
import static io.tocsin.schemas.IncidentEventKind.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.incident.Rules;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class IncidentFunctionTest {

  private static final Rule RULE = Rules.availability(0, 0, Rules.RESTART);
  private static final IncidentEventKind VERIFIED_EVENT = IncidentEventKind.VERIFIED;

  @Test
  void leavesNoTimerAndOneSmallEntryBehindWhenAnIncidentIsOver() throws Exception {
    try (Bench bench = new Bench(RULE)) {
      bench.probe(1, DOWN);
      assertThat(bench.timers()).isEqualTo(1);
      HealPlan plan = bench.plans().get(0);
      bench.result(Bench.result(plan, 1.1, INTENT));
      assertThat(bench.timers()).as("the deadline moved").isEqualTo(1);
      bench.result(Bench.result(plan, 1.2, EXECUTED)).probe(2, UP);
      bench.result(Bench.result(plan, 2.1, VERIFIED));

      assertThat(kinds(bench))
          .containsExactly(
              OPENED, HEALING_PLANNED, HEALING_STARTED, UPDATED, VERIFIED_EVENT, RESOLVED);
      assertThat(bench.timers()).isZero();
      assertThat(bench.stateEntries()).as("last seen").isEqualTo(1);
    }
  }

  @Test
  void neverForgetsAnOpenIncidentHoweverLongItIsSilent() throws Exception {
    Rule rule = Rules.availability(0, 0);
    try (Bench bench = new Bench(rule)) {
      bench
          .probe(1, DOWN)
          .clock(Duration.ofDays(3).toSeconds())
          .probe(Duration.ofDays(3).toSeconds(), DOWN);
      assertThat(kinds(bench)).containsExactly(OPENED);
    }
  }

  @Test
  void goesOnMidIncidentAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    HealPlan plan;
    try (Bench bench = new Bench(RULE)) {
      bench.probe(1, DOWN);
      plan = bench.plans().get(0);
      snapshot = bench.snapshot();
    }
    try (Bench bench = new Bench(RULE, snapshot, 3)) {
      bench.result(Bench.result(plan, 2, VERIFIED)).probe(3, UP);

      assertThat(kinds(bench)).containsExactly(VERIFIED_EVENT, RESOLVED);
      assertThat(bench.incidents()).extracting("version").containsExactly(3, 4);
      assertThat(bench.timers()).isZero();
    }
  }

  @Test
  void decidesTheSameWhenTheSameInputsAreReplayed() throws Exception {
    OperatorSubtaskState snapshot;
    List<?> incidents;
    List<?> plans;
    try (Bench bench = new Bench(RULE)) {
      bench.probe(0, UP);
      snapshot = bench.snapshot();
      story(bench);
      incidents = bench.incidents();
      plans = bench.plans();
      assertThat(plans).hasSize(1);
    }
    try (Bench bench = new Bench(RULE, snapshot, 3_600)) {
      story(bench);
      assertThat(bench.incidents()).isEqualTo(incidents);
      assertThat(bench.plans()).isEqualTo(plans);
    }
  }

  @Test
  void heldResultsThatWereReadBeforeTheirPlanAnswerItWhenItIsMade() throws Exception {
    HealPlan plan;
    List<?> versions;
    try (Bench live = new Bench(RULE)) {
      story(live);
      plan = live.plans().get(0);
      versions = live.incidents().stream().map(incident -> incident.getVersion()).toList();
    }
    try (Bench replay = new Bench(RULE, null, 7_200)) {
      replay.result(Bench.result(plan, 1.1, INTENT)).result(Bench.result(plan, 3.1, VERIFIED));
      replay.probe(1, DOWN).probe(2, DOWN).probe(3, UP);

      assertThat(kinds(replay))
          .containsExactly(OPENED, HEALING_PLANNED, HEALING_STARTED, VERIFIED_EVENT, RESOLVED);
      assertThat(replay.incidents()).extracting("version").isEqualTo(versions);
      assertThat(replay.timers()).isZero();
      assertThat(replay.stateEntries()).isEqualTo(1);
    }
  }

  @Test
  void tellsPeopleWhenNobodyAnswersAPlan() throws Exception {
    try (Bench bench = new Bench(RULE)) {
      bench.probe(0, DOWN).clock(34.999);
      assertThat(kinds(bench)).doesNotContain(HEALING_UNANSWERED);
      bench.clock(35);
      assertThat(kinds(bench))
          .containsExactly(OPENED, HEALING_PLANNED, HEALING_UNANSWERED, NEEDS_HUMAN);
      assertThat(bench.timers()).isZero();
    }
  }

  @Test
  void aDeadlineThatPassedWhileTheJobWasDownFirstLetsTheAnswersIn() throws Exception {
    OperatorSubtaskState snapshot;
    HealPlan plan;
    try (Bench bench = new Bench(RULE)) {
      bench.probe(0, DOWN);
      plan = bench.plans().get(0);
      snapshot = bench.snapshot();
    }
    try (Bench bench = new Bench(RULE, snapshot, 7_200)) {
      bench.clock(7_201).result(Bench.result(plan, 2, VERIFIED)).probe(3, UP).clock(7_300);
      assertThat(kinds(bench)).containsExactly(VERIFIED_EVENT, RESOLVED);
      assertThat(bench.timers()).isZero();
    }
    try (Bench bench = new Bench(RULE, snapshot, 7_200)) {
      bench.clock(7_300);
      assertThat(kinds(bench)).containsExactly(HEALING_UNANSWERED, NEEDS_HUMAN);
    }
  }

  @Test
  void resultsOfUnknownPlansAreKeptOnlyUpToALimit() throws Exception {
    try (Bench bench = new Bench(RULE)) {
      bench.probe(0, DOWN);
      HealPlan plan = bench.plans().get(0);
      for (int forged = 0; forged < 2 * EarlyResults.CAPACITY; forged++) {
        HealPlan other = HealPlan.newBuilder(plan).setId("p" + forged).setIncidentId("i").build();
        bench.result(Bench.result(other, 1, INTENT));
      }
      assertThat(bench.stateEntries()).isLessThanOrEqualTo(EarlyResults.CAPACITY + 1);
    }
  }

  private static void story(Bench bench) throws Exception {
    bench.probe(1, DOWN).probe(2, DOWN);
    HealPlan plan = bench.plans().get(0);
    bench.result(Bench.result(plan, 1.1, INTENT)).probe(3, UP);
    bench.result(Bench.result(plan, 3.1, VERIFIED));
  }

  private static List<IncidentEventKind> kinds(Bench bench) {
    return bench.events().stream().map(IncidentEvent::getKind).toList();
  }
}
