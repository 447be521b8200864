package io.tocsin.alerting.healing;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.RESTART;
import static io.tocsin.alerting.healing.HealExamples.alert;
import static io.tocsin.alerting.healing.HealExamples.plan;
import static io.tocsin.schemas.HealOutcome.COMPENSATING;
import static io.tocsin.schemas.HealOutcome.EXECUTED;
import static io.tocsin.schemas.HealOutcome.FAILED;
import static io.tocsin.schemas.HealOutcome.INTENT;
import static io.tocsin.schemas.HealOutcome.NOT_VERIFIED;
import static io.tocsin.schemas.HealOutcome.REFUSED;
import static io.tocsin.schemas.HealOutcome.UNKNOWN;
import static io.tocsin.schemas.HealOutcome.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How plans end: undone, verified by an alert, fenced off. */
class UndoTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Scene scene =
      new Scene(AUTO).state(new TargetState("weight 0", Map.of("weight", "100"), Optional.empty()));

  private HealResult last() {
    return scene.log.results().get(scene.log.results().size() - 1);
  }

  private void doesNotHelp() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.pass(SECOND).probe(Health.DOWN).pass(SECOND.multipliedBy(10)).tick();
  }

  @Test
  void whatDidNotHelpIsUndone() {
    doesNotHelp();
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, COMPENSATING, NOT_VERIFIED);
    assertThat(scene.undone).containsExactly("endpoint/shop {weight=100}");
    assertThat(last().getCompensation()).isEqualTo("undone: weight is 100 again");
    AuditNote note = scene.log.notes().get(scene.log.notes().size() - 1);
    assertThat(note.kind()).isEqualTo(AuditKind.COMPENSATED);
    assertThat(note.before()).isEqualTo("weight 0");
    assertThat(note.after()).isEqualTo("weight 0");
  }

  @Test
  void whatFailedIsUndoneAtOnce() {
    scene.exitCode(1).probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(INTENT, COMPENSATING, FAILED);
    assertThat(scene.undone).hasSize(1);
    assertThat(last().getExitCode()).isEqualTo(1);
  }

  @Test
  void whatHelpedIsNotUndone() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP);
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, VERIFIED);
    AuditNote note = scene.log.notes().get(scene.log.notes().size() - 1);
    assertThat(note.kind()).isEqualTo(AuditKind.ENDED);
    assertThat(note.after()).isEqualTo("weight 0");
  }

  @Test
  void whatCannotBeRecordedIsNotUndone() {
    scene.exitCode(1).during(scene.log::silent).probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.undone).isEmpty();
    assertThat(last().getOutcome()).isEqualTo(FAILED);
    assertThat(last().getCompensation()).startsWith("not undone: that could not be recorded");
  }

  @Test
  void afterARestartItIsUndoneByWhatTheLogSays() {
    scene.probe(Health.DOWN).plan(plan("p")).start();
    scene.pass(SECOND.multipliedBy(11)).tick();
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, COMPENSATING, NOT_VERIFIED);
    assertThat(scene.undone).containsExactly("endpoint/shop {weight=100}");
    assertThat(last().getCompensation()).startsWith("undone");
  }

  @ParameterizedTest
  @EnumSource(
      value = HealOutcome.class,
      names = {"COMPENSATING", "NOT_VERIFIED"})
  void aCrashAroundAnUndoingUndoesNothingTwice(HealOutcome step) {
    scene.log.crashingBefore(step);
    assertThatThrownBy(this::doesNotHelp).isInstanceOf(MemoryLog.Crash.class);
    scene.log.repaired();
    scene.start().pass(SECOND.multipliedBy(11)).tick();
    assertThat(scene.executions).hasSize(1);
    assertThat(scene.undone).hasSize(1);
    assertThat(last().getOutcome()).isEqualTo(step == COMPENSATING ? NOT_VERIFIED : UNKNOWN);
  }

  @Test
  void aTargetThatIsBeingUndoneIsStillBusy() {
    doesNotHelp();
    assertThat(last().getOutcome()).isEqualTo(NOT_VERIFIED);
    HealPlan next = plan("q");
    next.setNotAfter(scene.clock.instant().plusSeconds(60));
    scene.probe(Health.DOWN).plan(next);
    assertThat(last().getReason()).startsWith("cooldown");
  }

  @Test
  void whoIsFencedOffExecutesNothingAndSaysNothing() {
    scene.probe(Health.DOWN);
    scene.log.fenced();
    scene.plan(plan("p"));
    assertThat(scene.executions).isEmpty();
    assertThat(scene.log.outcomes()).isEmpty();
    assertThat(scene.healer().isFenced()).isTrue();
    assertThat(scene.isSettled()).isFalse();
    scene.plan(plan("q"));
    assertThat(scene.log.outcomes()).isEmpty();
  }

  @Test
  void whoIsFencedOffWhileActingUndoesNothing() {
    scene.exitCode(1).during(scene.log::fenced).probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.undone).isEmpty();
    assertThat(scene.log.outcomes()).containsExactly(INTENT);
    assertThat(scene.healer().isFenced()).isTrue();
  }

  @Test
  void anotherOwnerIsLeftToItsWork() {
    scene.state(new TargetState("restarting", Map.of(), Optional.of("docker restarts it\n")));
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(REFUSED);
    assertThat(last().getReason()).isEqualTo("ownership: it is in other hands: docker restarts it");
  }

  @Test
  void whatIsNotProbedIsHealedAndVerifiedByItsAlert() {
    Action action =
        new Action(
            RESTART.name(),
            RESTART.does(),
            RESTART.targets(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new Verify(null, null, null, Duration.ofMinutes(2)));
    Scene byAlert = new Scene(HealingConfig.of(Mode.AUTO, List.of(action)));
    HealPlan plan = plan("p");
    plan.setAlertId("a");
    plan.setRule("shop-leaks");
    byAlert.plan(plan);
    assertThat(byAlert.log.outcomes()).isEmpty();
    byAlert.pass(SECOND).alert(alert("a", "efficiency", AlertState.FIRING, HealExamples.NOON));
    byAlert.tick();
    assertThat(byAlert.log.outcomes()).containsExactly(INTENT, EXECUTED);
    // It counts after a restart, too, by rule and target.
    byAlert.start().pass(Duration.ofMinutes(1));
    byAlert.alert(alert("a", "efficiency", AlertState.CLEARED, byAlert.clock.instant())).tick();
    assertThat(byAlert.log.outcomes()).containsExactly(INTENT, EXECUTED, VERIFIED);
  }

  @Test
  void anEarlierEpisodeOfItsRuleVerifiesNothingAfterARestart() {
    HealPlan plan = plan("p");
    plan.setRule("shop-leaks");
    scene.alert(alert("earlier", "efficiency", AlertState.CLEARED, HealExamples.NOON));
    scene.probe(Health.DOWN).plan(plan).start();
    scene.alert(alert("earlier", "efficiency", AlertState.CLEARED, HealExamples.NOON)).tick();
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED);
  }
}
