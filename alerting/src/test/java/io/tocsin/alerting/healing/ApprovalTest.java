package io.tocsin.alerting.healing;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.command;
import static io.tocsin.alerting.healing.HealExamples.plan;
import static io.tocsin.schemas.HealOutcome.AWAITING_APPROVAL;
import static io.tocsin.schemas.HealOutcome.EXECUTED;
import static io.tocsin.schemas.HealOutcome.FAILED;
import static io.tocsin.schemas.HealOutcome.INTENT;
import static io.tocsin.schemas.HealOutcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people say: agreeing, refusing, stopping, trusting again. */
class ApprovalTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Scene scene = new Scene(HealingConfig.of(Mode.APPROVE, AUTO.actions()));

  private Command word(CommandKind kind, String planId) {
    Command command = command(kind, scene.clock.instant());
    command.setPlanId(planId);
    return command;
  }

  private String lastReason() {
    return scene.log.results().get(scene.log.results().size() - 1).getReason();
  }

  private List<String> commanded() {
    return scene.log.notes().stream()
        .filter(note -> note.kind() == AuditKind.COMMANDED)
        .map(AuditNote::outcome)
        .toList();
  }

  @Test
  void aPlanIsCarriedOutOnceAPersonHasAgreed() {
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL);
    assertThat(scene.isSettled()).isTrue();
    scene.pass(MINUTE.multipliedBy(10)).probe(Health.DOWN);
    scene.command(word(CommandKind.HEAL_APPROVE, "p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, INTENT, EXECUTED);
    assertThat(scene.log.results().get(1).getReason()).contains("as ada agreed");
    assertThat(commanded()).containsExactly("TAKEN");
  }

  @Test
  void allIsJudgedAnewWhenAPersonAgrees() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.pass(MINUTE).probe(Health.UP);
    scene.command(word(CommandKind.HEAL_APPROVE, "p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, REFUSED);
    assertThat(lastReason()).startsWith("health: already healthy");
  }

  @Test
  void whoSaysNoIsNamed() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.command(word(CommandKind.HEAL_REJECT, "p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, REFUSED);
    assertThat(lastReason()).isEqualTo("approval: ada said no: because");
  }

  @Test
  void nobodyWaitsForEver() {
    scene.probe(Health.DOWN).plan(plan("p")).pass(MINUTE.multipliedBy(15).minusMillis(1));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL);
    scene.pass(Duration.ofMillis(1));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, REFUSED);
    assertThat(lastReason()).isEqualTo("approval: nobody agreed within 15m");
    scene.probe(Health.DOWN).command(word(CommandKind.HEAL_APPROVE, "p"));
    assertThat(scene.executions).isEmpty();
    assertThat(commanded()).containsExactly("NOTHING_WAITS");
  }

  @Test
  void onlyTheFirstWordOnAPlanCounts() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.command(word(CommandKind.HEAL_REJECT, "p"));
    scene.command(word(CommandKind.HEAL_APPROVE, "p"));
    scene.command(word(CommandKind.HEAL_APPROVE, "other"));
    scene.command(word(CommandKind.HEAL_APPROVE, null));
    assertThat(scene.executions).isEmpty();
    assertThat(commanded())
        .containsExactly("TAKEN", "NOTHING_WAITS", "NOTHING_WAITS", "INCOMPLETE");
  }

  @Test
  void anotherPlanForItsTargetDoesNotTakeItsTurn() {
    scene.probe(Health.DOWN).plan(plan("p")).plan(plan("q"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, REFUSED);
    assertThat(lastReason()).startsWith("one-at-a-time: plan p");
  }

  @Test
  void aPlanReadAgainIsNotAskedForAgain() {
    scene.probe(Health.DOWN).plan(plan("p")).plan(plan("p")).start().plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL);
  }

  @Test
  void aRestartForgetsNeitherPlanNorWord() {
    scene.probe(Health.DOWN).plan(plan("p")).start();
    scene.pass(MINUTE).probe(Health.DOWN);
    scene.command(word(CommandKind.HEAL_APPROVE, "p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, INTENT, EXECUTED);
    // Known from before the restart, and no second reason to act.
    scene.start().pass(MINUTE).probe(Health.DOWN).tick();
    assertThat(scene.executions).hasSize(1);
  }

  @Test
  void aPlanNobodyReadsAgainEndsToo() {
    scene.probe(Health.DOWN).plan(plan("p"));
    Scene without = new Scene(HealingConfig.of(Mode.APPROVE, AUTO.actions()));
    scene.log.results().forEach(result -> without.log.append(result, null));
    without.start().pass(MINUTE.multipliedBy(16)).tick();
    assertThat(without.log.outcomes()).containsExactly(AWAITING_APPROVAL, REFUSED);
  }

  @Test
  void aPauseStopsEverythingUntilItIsTakenBackAndOutlivesARestart() {
    Scene auto = new Scene(AUTO);
    auto.command(command(CommandKind.HEAL_PAUSE, auto.clock.instant())).start();
    auto.probe(Health.DOWN).plan(plan("p"));
    assertThat(auto.log.outcomes()).containsExactly(REFUSED);
    assertThat(auto.log.results().get(0).getReason())
        .startsWith("paused: healing is paused since")
        .endsWith("by ada: because");
    assertThat(auto.count("tocsin.healing.refused", "paused")).isEqualTo(1);
    auto.pass(Duration.ofSeconds(1));
    auto.command(command(CommandKind.HEAL_RESUME, auto.clock.instant()));
    auto.probe(Health.DOWN).plan(plan("q"));
    assertThat(auto.log.outcomes()).containsExactly(REFUSED, INTENT, EXECUTED);
  }

  @Test
  void aCommandFromTheFutureOrOfNobodyIsNotTaken() {
    Command ahead = command(CommandKind.HEAL_PAUSE, scene.clock.instant().plusSeconds(61));
    Command nobody = command(CommandKind.HEAL_PAUSE, scene.clock.instant());
    nobody.setBy(" ");
    scene.command(ahead).command(nobody);
    assertThat(commanded()).containsExactly("FUTURE", "INCOMPLETE");
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL);
  }

  @Test
  void anActionThatKeepsFailingHasToAskUntilItIsTrustedAgain() {
    Scene auto = new Scene(AUTO).exitCode(1);
    for (int attempt = 0; attempt < 5; attempt++) {
      auto.pass(Duration.ofHours(1)).probe(Health.DOWN).plan(fresh(auto, "p" + attempt));
    }
    assertThat(auto.executions).hasSize(4);
    assertThat(auto.log.outcomes()).endsWith(INTENT, FAILED, AWAITING_APPROVAL);
    assertThat(auto.log.notes()).filteredOn(note -> note.kind() == AuditKind.DEMOTED).hasSize(1);
    assertThat(auto.meters.counter("tocsin.healing.demotions").count()).isEqualTo(1);

    Command trusted = command(CommandKind.HEAL_PROMOTE, auto.clock.instant());
    trusted.setAutonomy("/restart-shop/endpoint");
    auto.pass(Duration.ofHours(1)).command(trusted).start();
    auto.probe(Health.DOWN).plan(fresh(auto, "again"));
    assertThat(auto.executions).hasSize(5);
    assertThat(auto.healer().known.trust().table()).hasSize(1);
  }

  private static HealPlan fresh(Scene scene, String id) {
    HealPlan plan = plan(id);
    plan.setCreatedAt(scene.clock.instant());
    plan.setNotAfter(scene.clock.instant().plusSeconds(60));
    return plan;
  }

  @Test
  void anAgreedPlanGoesBeforeOneThatWaits() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.start().pass(MINUTE).probe(Health.UNKNOWN);
    scene.command(word(CommandKind.HEAL_APPROVE, "p"));
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL);
    scene.pass(Duration.ofSeconds(1)).probe(Health.DOWN).tick();
    assertThat(scene.log.outcomes()).containsExactly(AWAITING_APPROVAL, INTENT, EXECUTED);
  }

  @Test
  void whatWasSaidWhileNobodyListenedIsToldTheAuditOnce() {
    Command pause = command(CommandKind.HEAL_PAUSE, scene.clock.instant());
    Command known = command(CommandKind.HEAL_RESUME, scene.clock.instant().minusSeconds(1));
    Feed.Batch before =
        new Feed.Batch(List.of(), List.of(), List.of(), List.of(known, pause), List.of(), Map.of());
    scene.healer().learn(before, command -> command.getId().equals(known.getId()));
    assertThat(commanded()).containsExactly("TAKEN");
    scene.probe(Health.DOWN).plan(plan("p"));
    assertThat(lastReason()).startsWith("paused");
  }

  @Test
  void whatIsDecidedIsTold() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.command(word(CommandKind.HEAL_APPROVE, "p"));
    List<AuditNote> decided =
        scene.log.notes().stream().filter(note -> note.kind() == AuditKind.DECIDED).toList();
    assertThat(decided)
        .extracting(AuditNote::outcome)
        .containsExactly(HealOutcome.AWAITING_APPROVAL.name(), HealOutcome.INTENT.name());
    assertThat(decided.get(0).guards()).startsWith("duplicate", "form").endsWith("autonomy");
    assertThat(decided.get(1).guards()).endsWith("mode");
    assertThat(decided.get(1).before()).isEqualTo("not looked at");
  }
}
