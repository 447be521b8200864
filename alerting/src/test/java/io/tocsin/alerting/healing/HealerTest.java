package io.tocsin.alerting.healing;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.plan;
import static io.tocsin.schemas.HealOutcome.EXECUTED;
import static io.tocsin.schemas.HealOutcome.FAILED;
import static io.tocsin.schemas.HealOutcome.INTENT;
import static io.tocsin.schemas.HealOutcome.NOT_VERIFIED;
import static io.tocsin.schemas.HealOutcome.REFUSED;
import static io.tocsin.schemas.HealOutcome.UNKNOWN;
import static io.tocsin.schemas.HealOutcome.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealerTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Scene scene = new Scene(AUTO);

  private HealResult last() {
    List<HealResult> results = scene.log.results();
    return results.get(results.size() - 1);
  }

  @Test
  void carriesAPlanOutAndVerifiesItByTheSameProbes() {
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED);
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP);
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, VERIFIED);
    assertThat(scene.executions).containsExactly("restart-shop endpoint/shop");
    HealResult executed = scene.log.results().get(1);
    assertThat(executed.getExitCode()).isZero();
    assertThat(executed.getTookMs()).isEqualTo(20);
    assertThat(last().getTookMs()).isEqualTo(2_000);
    assertThat(last().getPlanId()).isEqualTo("p");
    assertThat(last().getIncidentId()).isEqualTo("incident-1");
  }

  @Test
  void saysNotVerifiedWhenTheTargetStaysDown() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.DOWN);
    scene.pass(Duration.ofSeconds(8));
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, NOT_VERIFIED);
    assertThat(last().getReason()).contains("connection refused");
  }

  @Test
  void aFailedActionIsNotVerified() {
    scene.exitCode(3).probe(Health.DOWN).plan(plan("p"));
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP);
    assertThat(scene.log.outcomes()).containsExactly(INTENT, FAILED);
    assertThat(last().getExitCode()).isEqualTo(3);
  }

  @Test
  void aProbeReadBeforeTheEndOfTheActionIsKnownIsNotLostToItsWatch() {
    scene.probe(Health.DOWN);
    AtomicInteger steps = new AtomicInteger();
    scene.log.onAppend(
        () -> {
          if (steps.incrementAndGet() == 2) { // EXECUTED is being written
            scene.clock.advance(Duration.ofMillis(1));
            scene.probe(Health.UP);
          }
        });
    scene.plan(plan("p")).pass(SECOND).probe(Health.UP);
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, VERIFIED);
  }

  @Test
  void observeModeExecutesNothing() {
    Scene observing = new Scene(HealingConfig.of(Mode.OBSERVE, AUTO.actions()));
    observing.probe(Health.DOWN).plan(plan("p"));
    assertThat(observing.executions).isEmpty();
    assertThat(observing.log.outcomes()).containsExactly(REFUSED);
    assertThat(observing.log.results().get(0).getReason()).startsWith("mode: observe only");
    assertThat(observing.count("tocsin.healing.refused", "mode")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(id)", "; rm", "endpoint/shop\n", "../", "-rf"})
  void hostileTextIsRefusedAndNeverRun(String text) {
    HealPlan target = plan("p");
    target.setTargetId(text);
    HealPlan action = plan("q");
    action.setAction(text);
    scene.probe(Health.DOWN).plan(target).plan(action).plan(plan(text));
    assertThat(scene.executions).isEmpty();
    assertThat(scene.log.outcomes()).containsOnly(REFUSED).hasSize(3);
    assertThat(scene.log.results())
        .allSatisfy(result -> assertThat(result.toString()).doesNotContain("\\n"));
  }

  @Test
  void aHugePlanGetsASmallRefusal() {
    HealPlan huge = plan("p".repeat(900_000));
    huge.setTargetId("x".repeat(50_000));
    scene.plan(huge);
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
    assertThat(last().toString().length()).isLessThan(2_000);
  }

  @Test
  void aPlanReadAgainIsCountedButNotAnsweredAgain() {
    scene.probe(Health.DOWN).plan(plan("p")).plan(plan("p"));
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, VERIFIED);
    assertThat(scene.executions).hasSize(1);
    assertThat(scene.count("tocsin.healing.ignored", "duplicate")).isEqualTo(2);
  }

  @Test
  void aRefusedPlanStaysRefused() {
    scene.probe(Health.UP).plan(plan("p"));
    scene.pass(SECOND).probe(Health.DOWN).plan(plan("p")).start().probe(Health.DOWN);
    scene.plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
  }

  @Test
  void aPlanWaitsForAHealthSignal() {
    scene.plan(plan("p"));
    assertThat(scene.log.outcomes()).isEmpty();
    assertThat(scene.isSettled()).isFalse();
    scene.pass(SECOND).probe(Health.UNKNOWN);
    assertThat(scene.log.outcomes()).isEmpty();
    scene.pass(SECOND).probe(Health.DOWN).tick();
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED);
    assertThat(scene.isSettled()).isTrue();
  }

  @Test
  void aPlanWithoutAHealthSignalIsRefusedHalfWayToItsEnd() {
    scene.plan(plan("p")).pass(Duration.ofMillis(29_999));
    assertThat(scene.log.outcomes()).isEmpty();
    scene.pass(Duration.ofMillis(1));
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
    assertThat(last().getReason()).startsWith("health: no probe of it has been seen");
    assertThat(scene.isSettled()).isTrue();
  }

  @Test
  void onlyOnePlanWaitsPerTarget() {
    scene.plan(plan("p")).plan(plan("q")).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
    assertThat(last().getPlanId()).isEqualTo("q");
    assertThat(last().getReason()).contains("plan p for it is waiting");
  }

  @Test
  void aProbeFromFarAheadDoesNotHideRealOnes() {
    Probe ahead = Examples.probe(Health.DOWN, NOON.plusSeconds(61));
    scene.probe(ahead).probe(Health.UP).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
    assertThat(scene.count("tocsin.healing.probes.ignored", "future")).isEqualTo(1);
  }

  @Test
  void anIntentThatIsNotAcknowledgedStartsNothing() {
    scene.log.silent();
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.executions).isEmpty();
    assertThat(scene.log.outcomes()).containsExactly(INTENT, REFUSED);
    assertThat(last().getReason()).startsWith("intent: it could not be recorded within");
    assertThat(scene.isSettled()).isFalse();
  }

  @Test
  void aPlanThatBecameVoidWhileItsIntentWasWrittenIsNotCarriedOut() {
    Scene late = new Scene(AUTO);
    late.probe(Health.DOWN);
    HealPlan plan = plan("p");
    late.log.onAppend(() -> late.clock.advance(Duration.ofSeconds(60)));
    late.plan(plan);
    assertThat(late.executions).isEmpty();
    assertThat(late.log.outcomes()).containsExactly(INTENT, REFUSED);
    assertThat(late.log.results().get(1).getReason()).startsWith("freshness: void since");
  }

  @Test
  void aResultThatCouldNotBeWrittenIsWrittenLater() {
    scene.log.failing(1);
    scene.probe(Health.UP).plan(plan("p"));
    assertThat(scene.log.outcomes()).isEmpty();
    assertThat(scene.isSettled()).isFalse();
    scene.pass(Duration.ofSeconds(2));
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
    assertThat(scene.isSettled()).isTrue();
    assertThat(scene.count("tocsin.healing.unacknowledged", "IllegalStateException")).isEqualTo(1);
  }

  @Test
  void anErrorOfTheExecutorLeavesTheOutcomeUnknown() {
    scene.during(
        () -> {
          throw new IllegalStateException("bug");
        });
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(INTENT, UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = HealOutcome.class,
      names = {"INTENT", "EXECUTED", "VERIFIED"})
  void aCrashBeforeAnyStepIsOnTheLogExecutesNothingTwice(HealOutcome step) {
    scene.log.crashingBefore(step);
    crashAndStartAgain();
    // Before the intent nothing has happened yet: the plan is still to be carried out, once.
    assertThat(scene.executions).hasSize(1);
    assertThat(scene.log.outcomes())
        .isEqualTo(
            switch (step) {
              case EXECUTED -> List.of(INTENT, UNKNOWN);
              default -> List.of(INTENT, EXECUTED, VERIFIED);
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = HealOutcome.class,
      names = {"INTENT", "EXECUTED", "VERIFIED"})
  void aCrashAfterAnyStepIsOnTheLogExecutesNothingTwice(HealOutcome step) {
    scene.log.crashingAfter(step);
    crashAndStartAgain();
    assertThat(scene.executions).hasSize(step == INTENT ? 0 : 1);
    assertThat(scene.log.outcomes())
        .isEqualTo(
            switch (step) {
              case INTENT -> List.of(INTENT, UNKNOWN);
              default -> List.of(INTENT, EXECUTED, VERIFIED);
            });
  }

  @Test
  void aCrashWhileTheActionRunsExecutesNothingTwice() {
    scene.during(
        () -> {
          throw new MemoryLog.Crash();
        });
    crashAndStartAgain();
    assertThat(scene.executions).hasSize(1);
    assertThat(scene.log.outcomes()).containsExactly(INTENT, UNKNOWN);
    assertThat(last().getReason()).contains("have a look at endpoint/shop");
    assertThat(last().getTookMs()).isNull();
  }

  private void crashAndStartAgain() {
    assertThatThrownBy(this::story).isInstanceOf(MemoryLog.Crash.class);
    scene.log.repaired();
    scene.during(() -> {});
    scene.clock.advance(SECOND);
    // The commit was lost: the same plan is read again, twice.
    scene.start();
    story();
    scene.start();
    story();
  }

  private void story() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP);
  }

  @Test
  void anExecutionWithoutVerdictWhoseActionIsGoneIsNotVerified() {
    scene.probe(Health.DOWN).plan(plan("p"));
    Scene without = new Scene(HealingConfig.of(Mode.AUTO, List.of()));
    scene.log.results().forEach(result -> without.log.append(result, null));
    without.start();
    assertThat(without.log.outcomes()).containsExactly(INTENT, EXECUTED, NOT_VERIFIED);
  }
}
