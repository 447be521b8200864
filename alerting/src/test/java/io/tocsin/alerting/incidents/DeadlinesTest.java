package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.alert;
import static io.tocsin.alerting.incidents.Watch.at;
import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ServiceLevel;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  private final Watch watch = new Watch();

  private static Alert.Builder fixed(Priority priority, String id) {
    return alert("fixed", "application", id, 0).setPriority(priority);
  }

  @Test
  void peopleAreRemindedAtHalfAndFourFifthsAndTheNextLevelIsToldAtTheEnd() {
    watch.alert(fixed(Priority.P2, "endpoint/shop")).until(HOUR);
    assertThat(watch.told())
        .extracting(Notification::getKind, Notification::getLevel, one -> one.getAt())
        .containsExactly(
            Tuple.tuple(NotificationKind.PAGE, 0, at(0)),
            Tuple.tuple(NotificationKind.REMINDER, 0, at(30 * MINUTE)),
            Tuple.tuple(NotificationKind.REMINDER, 0, at(48 * MINUTE)),
            Tuple.tuple(NotificationKind.ESCALATION, 1, at(60 * MINUTE)));
    assertThat(watch.only().getServiceLevel().getAcknowledge().getMissed()).isTrue();
  }

  @Test
  void theDeadlineIsTheMissionsFromWhenTheTroubleBegan() {
    watch.until(120).alert(fixed(Priority.P1, "endpoint/shop").setAt(at(120)));
    assertThat(watch.only().getDueAt()).isEqualTo(at(HOUR));
    assertThat(watch.only().getServiceLevel().getResolve().getDueAt()).isEqualTo(at(HOUR));
    assertThat(watch.only().getServiceLevel().getAcknowledge().getDueAt())
        .isEqualTo(at(120 + 15 * MINUTE));
  }

  @Test
  void whatNobodyTakesGoesUpLevelByLevelToTheHighest() {
    watch.alert(fixed(Priority.P0, "endpoint/shop")).until(14 * MINUTE);
    assertThat(watch.told(NotificationKind.ESCALATION))
        .extracting(Notification::getLevel)
        .containsExactly(1, 2);
    watch.until(HOUR * 3);
    assertThat(watch.told(NotificationKind.ESCALATION))
        .extracting(Notification::getLevel)
        .startsWith(1, 2)
        .allMatch(level -> level <= 3);
  }

  @Test
  void whatIsTakenDoesNotGoUp() {
    watch.alert(fixed(Priority.P0, "endpoint/shop"));
    watch
        .command(
            CommandKind.ACKNOWLEDGE, watch.only().getId(), command -> command.setUntil(at(HOUR)))
        .until(8 * MINUTE);
    assertThat(watch.told(NotificationKind.ESCALATION)).isEmpty();
  }

  @Test
  void anAcknowledgementThatRunsOutIsTakenBackAndPeopleAreReminded() {
    watch.alert(fixed(Priority.P3, "endpoint/shop"));
    String id = watch.only().getId();
    watch
        .command(CommandKind.ACKNOWLEDGE, id, command -> command.setUntil(at(HOUR)))
        .until(HOUR + 1);
    assertThat(watch.only().getAcknowledgement()).isNull();
    assertThat(watch.timeline(id))
        .containsExactly(
            IncidentEventKind.OPENED, IncidentEventKind.ACKNOWLEDGED, IncidentEventKind.RELEASED);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.REMINDER);
    assertThat(watch.only().getServiceLevel().getAcknowledge().getDueAt()).isEqualTo(at(9 * HOUR));
  }

  @Test
  void anotherPriorityCarriesOverWhatHasElapsed() {
    Alert.Builder first = down("endpoint/shop-1", 0);
    watch
        .resource(resource("endpoint/shop-1", null, "shop", Tier.CORE))
        .resource(resource("endpoint/shop-2", null, "shop", Tier.CORE))
        .alert(first)
        .until(10 * MINUTE)
        .alert(down("endpoint/shop-2", 10 * MINUTE));
    ServiceLevel level = watch.only().getServiceLevel();
    assertThat(level.getMitigate().getDueAt()).isEqualTo(at(15 * MINUTE));
    assertThat(level.getResolve().getDueAt()).isEqualTo(at(HOUR));
    assertThat(level.getAcknowledge().getDueAt()).isEqualTo(at(15 * MINUTE));
    assertThat(watch.only().getDueAt()).isEqualTo(at(0));
  }

  @Test
  void restartsInBetweenDoNotMoveADeadline() {
    Watch without = new Watch();
    without.alert(fixed(Priority.P1, "endpoint/shop"));
    watch.alert(fixed(Priority.P1, "endpoint/shop"));
    for (int minute = 1; minute <= 90; minute++) {
      // Not at the very moment of a deadline, which then would wait for the book to settle.
      without.until(minute * MINUTE - 20);
      watch.until(minute * MINUTE - 20).restart();
    }
    assertThat(watch.notifications()).isEqualTo(without.notifications());
    assertThat(watch.incidents()).isEqualTo(without.incidents());
  }

  @Test
  void afterTwoHoursDownEachIncidentTellsOnlyTheNewestAndManyAreToldAsOne() {
    int many = 10_000;
    for (int i = 0; i < many; i++) {
      watch.alert(fixed(Priority.P1, "endpoint/e" + i));
    }
    assertThat(watch.told(NotificationKind.PAGE)).hasSize(many);
    int told = watch.told().size();
    watch.sleepUntil(2 * HOUR).restart().look();
    assertThat(watch.told()).as("nothing before it has settled").hasSize(told);
    assertThat(watch.book().nextTimer()).contains(at(2 * HOUR + 10));
    // While it settles, it is heard that one was resolved meanwhile.
    watch.alert(fixed(Priority.P1, "endpoint/e7").setState(AlertState.CLEARED).setAt(at(HOUR)));
    watch.until(2 * HOUR + 10);
    List<Notification> after = watch.told().subList(told, watch.told().size());
    assertThat(after)
        .extracting(Notification::getKind)
        .containsExactly(NotificationKind.RESOLVED, NotificationKind.SUMMARY);
    assertThat(after.get(1).getLevel()).isEqualTo(1);
    assertThat(after.get(1).getSummary()).startsWith("9999 incidents P1");
    assertThat(
            watch.events().stream()
                .filter(event -> event.getKind() == IncidentEventKind.DEADLINE_MISSED))
        .hasSize(3 * (many - 1));
  }

  @Test
  void aDeadlineThatIsKeptIsNotSpokenOf() {
    Alert.Builder shop = fixed(Priority.P1, "endpoint/shop");
    watch.alert(shop).until(MINUTE).alert(shop, AlertState.CLEARED).until(5 * HOUR);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.RESOLVED);
    assertThat(watch.only().getServiceLevel().getResolve().getMetAt()).isEqualTo(at(MINUTE));
    assertThat(watch.book().cases()).as("what is long over is forgotten").isEmpty();
    assertThat(watch.book().members()).isEmpty();
    assertThat(watch.book().nextTimer()).isEmpty();
  }

  @Test
  void everyShippedPromiseToResolveIsTheMissionsButForP0() {
    assertThat(Promises.DEFAULT.p1().resolve()).isEqualTo(Duration.ofHours(1));
    assertThat(Promises.DEFAULT.p2().resolve()).isEqualTo(Duration.ofHours(4));
    assertThat(Promises.DEFAULT.p3().resolve()).isEqualTo(Duration.ofHours(24));
  }
}
