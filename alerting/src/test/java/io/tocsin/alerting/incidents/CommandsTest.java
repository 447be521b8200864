package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.at;
import static io.tocsin.alerting.incidents.Watch.down;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private static final int HOUR = 3_600;

  private final Watch watch = new Watch();
  private final Alert.Builder shop = down("endpoint/shop", 0);
  private String id;

  @BeforeEach
  void opened() {
    watch.alert(shop);
    id = watch.only().getId();
  }

  private String refused() {
    assertThat(watch.refusals()).isNotEmpty();
    return watch.refusals().get(watch.refusals().size() - 1).reason();
  }

  @Test
  void anAcknowledgementHasAnOwnerAndAnEnd() {
    watch.command(CommandKind.ACKNOWLEDGE, id, command -> command.setUntil(at(HOUR)));
    assertThat(watch.only().getState()).isEqualTo(IncidentState.ACKNOWLEDGED);
    assertThat(watch.only().getAcknowledgement().getBy()).isEqualTo("ann");
    assertThat(watch.only().getServiceLevel().getAcknowledge().getMetAt()).isEqualTo(at(0));
    watch.command(CommandKind.RELEASE, id, command -> command);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.only().getAcknowledgement()).isNull();
  }

  @Test
  void aBadCommandIsRefusedWithAReason() {
    watch.command(CommandKind.ACKNOWLEDGE, id, command -> command);
    assertThat(refused()).contains("until when");
    watch.command(CommandKind.ACKNOWLEDGE, id, command -> command.setUntil(at(-5)));
    assertThat(refused()).contains("ends before");
    watch.command(CommandKind.ACKNOWLEDGE, id, command -> command.setUntil(at(30 * HOUR)));
    assertThat(refused()).contains("longer than");
    watch.command(CommandKind.NOTE, "nothing", command -> command);
    assertThat(refused()).contains("not known");
    watch.command(CommandKind.NOTE, null, command -> command);
    assertThat(refused()).contains("needs the id");
    watch.command(CommandKind.RESOLVE, id, command -> command.setText(" "));
    assertThat(refused()).contains("needs a reason");
    watch.command(CommandKind.REPRIORITISE, id, command -> command);
    assertThat(refused()).contains("needs a priority");
    watch.command(CommandKind.RELEASE, id, command -> command);
    assertThat(refused()).contains("not acknowledged");
    watch.command(CommandKind.UNSILENCE, null, command -> command.setSilenceId("no"));
    assertThat(refused()).contains("not known");
    watch.command(CommandKind.UNSPECIFIED, id, command -> command);
    assertThat(refused()).contains("does not know");
    watch.command(CommandKind.NOTE, id, command -> command.setBy(""));
    assertThat(refused()).contains("who gives it");
    assertThat(watch.only().getVersion()).isEqualTo(1);
  }

  @Test
  void aCommandIsCarriedOutOnceAlsoAfterARestart() {
    Command note =
        Command.newBuilder()
            .setId("once")
            .setKind(CommandKind.NOTE)
            .setBy("ann")
            .setAt(at(0))
            .setText("looking")
            .setIncidentId(id)
            .build();
    watch.command(note).command(note).restart().command(note);
    assertThat(watch.timeline(id))
        .containsExactly(IncidentEventKind.OPENED, IncidentEventKind.NOTE);
    assertThat(watch.held())
        .containsExactly(HeldReason.REPEATED_COMMAND, HeldReason.REPEATED_COMMAND);
  }

  @Test
  void whatAPersonResolvesStaysSoUntilTheNextEpisode() {
    watch.until(60).command(CommandKind.RESOLVE, id, command -> command);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.events().get(1).getCause()).contains("not cleared yet: availability");
    assertThat(watch.events().get(1).getBy()).isEqualTo("ann");
    watch.until(90).alert(shop, AlertState.FIRING);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.held()).containsExactly(HeldReason.RESOLVED_BY_HAND);
    watch.until(HOUR).alert(shop, AlertState.CLEARED).until(HOUR + 60);
    watch.alert(down("endpoint/shop", HOUR + 60));
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.only().getReopened()).isEqualTo(1);
  }

  @Test
  void thePriorityThatAPersonSetsStays() {
    watch.command(
        CommandKind.REPRIORITISE, id, command -> command.setPriority(Priority.P0).setText("fair"));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P0);
    assertThat(watch.only().getPriorityReason()).isEqualTo("set by ann: fair");
    watch.until(60).alert(Alert.newBuilder(shop).setPriority(Priority.P3), AlertState.FIRING);
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P0);
    assertThat(watch.kinds()).startsWith(NotificationKind.PAGE, NotificationKind.RAISED);
  }

  @Test
  void aCommandReadBeforeItsIncidentJustAfterAStartWaitsForIt() {
    Watch late = new Watch(Shelf.inMemory(), Settings.DEFAULT, HealPolicies.NONE);
    late.restart();
    late.command(CommandKind.ACKNOWLEDGE, id, command -> command.setUntil(at(HOUR)));
    late.command(CommandKind.NOTE, "nothing", command -> command);
    assertThat(late.refusals()).isEmpty();
    late.restart().alert(shop);
    assertThat(late.only().getState()).isEqualTo(IncidentState.ACKNOWLEDGED);
    assertThat(late.told(NotificationKind.PAGE))
        .extracting(Notification::getId)
        .as("the page that it was the first time")
        .containsExactly(watch.told(NotificationKind.PAGE).get(0).getId());
    late.until(20);
    assertThat(late.refusals()).hasSize(1);
  }

  @Test
  void aClockThatIsAheadDoesNotDateWhatComesAfterIt() {
    watch.command(CommandKind.NOTE, id, command -> command.setAt(at(5 * HOUR)));
    assertThat(watch.only().getUpdatedAt()).isEqualTo(at(0));
  }
}
