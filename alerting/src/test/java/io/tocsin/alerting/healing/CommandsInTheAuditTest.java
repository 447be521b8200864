package io.tocsin.alerting.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Silence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do becomes part of the audit, whoever is to carry it out. */
class CommandsInTheAuditTest {

  private final Scene scene = new Scene(HealingConfig.DEFAULT);

  private Command.Builder command(CommandKind kind) {
    return Command.newBuilder()
        .setId("c-" + kind)
        .setKind(kind)
        .setBy("kim")
        .setAt(scene.clock.instant());
  }

  private List<AuditNote> commanded() {
    return scene.log.notes().stream().filter(note -> note.kind() == AuditKind.COMMANDED).toList();
  }

  @ParameterizedTest
  @EnumSource(CommandKind.class)
  void everyCommandIsToldTheAuditWithWhoGaveIt(CommandKind kind) {
    scene.command(command(kind).setText("because").build());
    assertThat(commanded())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.actor()).isEqualTo("kim");
              assertThat(note.reason()).startsWith(kind.name()).endsWith(": because");
            });
    assertThat(scene.isSettled()).isTrue();
  }

  @Test
  void whatIsForOthersIsNotedAndChangesNothingHere() {
    scene.command(command(CommandKind.CHANGED).setText("token 5f created").build());
    assertThat(commanded().get(0).outcome()).isEqualTo("NOTED");
    assertThat(commanded().get(0).reason()).isEqualTo("CHANGED: token 5f created");
    assertThat(scene.meters.counter("tocsin.healing.commands", "reason", "noted").count())
        .isEqualTo(1);
    assertThat(scene.log.results()).isEmpty();
  }

  @Test
  void theNoteSaysWhatTheCommandIsAbout() {
    scene.command(
        command(CommandKind.REPRIORITISE)
            .setIncidentId("incident-1")
            .setPriority(Priority.P1)
            .setText("it is")
            .build());
    assertThat(commanded().get(0).incidentId()).isEqualTo("incident-1");
    assertThat(commanded().get(0).reason()).isEqualTo("REPRIORITISE to P1: it is");

    Silence silence =
        Silence.newBuilder()
            .setId("s-1")
            .setMatchers(List.of(new Matcher("service", "shop", true)))
            .setReason("work")
            .setBy("kim")
            .setStartsAt(HealExamples.NOON)
            .setEndsAt(HealExamples.NOON.plusSeconds(60))
            .build();
    scene.command(command(CommandKind.SILENCE).setSilence(silence).setText("work").build());
    assertThat(commanded().get(1).reason())
        .isEqualTo(
            "SILENCE s-1 until " + HealExamples.NOON.plusSeconds(60) + " of service!=shop: work");
  }

  @Test
  void hostileTextStaysOneBoundedLine() {
    scene.command(
        command(CommandKind.NOTE).setText("a\nFORGED ok\u001b[2J" + "x".repeat(2_000)).build());
    assertThat(commanded().get(0).reason()).doesNotContain("\n", "\u001b").hasSizeLessThan(510);
  }

  @Test
  void whatTheOneBeforeHasDealtWithIsNotToldAgain() {
    scene.command(command(CommandKind.NOTE).setText("x").build());
    scene.command(command(CommandKind.HEAL_PAUSE).setText("x").build());
    scene.start();
    assertThat(commanded()).hasSize(2);
  }
}
