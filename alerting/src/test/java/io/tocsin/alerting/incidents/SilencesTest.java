package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.at;
import static io.tocsin.alerting.incidents.Watch.down;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Recurrence;
import io.tocsin.schemas.Silence;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilencesTest {

  private static final int HOUR = 3_600;

  private final Watch watch = new Watch();

  private static Silence.Builder silence(double from, double to) {
    return Silence.newBuilder()
        .setId("quiet")
        .setMatchers(List.of(new Matcher("resource", "endpoint/shop*", false)))
        .setReason("new disks")
        .setBy("ann")
        .setStartsAt(at(from))
        .setEndsAt(at(to));
  }

  @Test
  void whatMatchesIsHeldBackAndSaysByWhichAndPagesWhenTheSilenceEnds() {
    watch.silence(silence(0, HOUR).build()).alert(down("endpoint/shop-1", 0));
    assertThat(watch.told()).isEmpty();
    assertThat(watch.notifications())
        .extracting(Notification::getKind, Notification::getHeldBackBy)
        .containsExactly(Tuple.tuple(NotificationKind.PAGE, "quiet"));
    assertThat(watch.only().getSilencedBy()).isEqualTo("quiet");
    watch.until(HOUR + 1);
    assertThat(watch.only().getSilencedBy()).isNull();
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
    assertThat(watch.told().get(0).getAt()).isEqualTo(at(HOUR));
    assertThat(watch.timeline(watch.only().getId()))
        .startsWith(IncidentEventKind.OPENED, IncidentEventKind.SILENCED)
        .contains(IncidentEventKind.UNSILENCED);
    assertThat(watch.book().silences()).isEmpty();
  }

  @Test
  void thatItGetsWorseWhileItIsSilentIsToldWhenTheSilenceEnds() {
    Alert.Builder shop = down("endpoint/shop-1", 0).setPriority(Priority.P2);
    watch.alert(shop).silence(silence(0, 600).build()).until(60);
    watch.alert(Alert.newBuilder(shop).setPriority(Priority.P1), AlertState.FIRING);
    watch.until(70).alert(Alert.newBuilder(shop).setPriority(Priority.P1), AlertState.FIRING);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
    assertThat(watch.notifications())
        .extracting(Notification::getKind, Notification::getHeldBackBy)
        .containsExactly(
            Tuple.tuple(NotificationKind.PAGE, null),
            Tuple.tuple(NotificationKind.RAISED, "quiet"));
    watch.until(601);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.RAISED);
  }

  @Test
  void whatIsHeldBackDoesNotGoUpALevel() {
    watch.alert(down("endpoint/shop-1", 0).setPriority(Priority.P0)).until(60);
    watch.silence(silence(60, 700).build()).until(701);
    assertThat(watch.notifications())
        .filteredOn(one -> one.getKind() == NotificationKind.ESCALATION)
        .isNotEmpty()
        .allMatch(one -> one.getLevel() == 0 && one.getHeldBackBy().equals("quiet"));
    watch.until(901);
    assertThat(watch.told(NotificationKind.ESCALATION))
        .extracting(Notification::getLevel)
        .startsWith(1);
  }

  @Test
  void whatWasOverBeforeTheSilenceEndedIsNeverTold() {
    Alert.Builder shop = down("endpoint/shop-1", 0);
    watch.silence(silence(0, HOUR).build()).alert(shop).until(600);
    watch.alert(shop, AlertState.CLEARED).until(2 * HOUR);
    assertThat(watch.told()).isEmpty();
  }

  @Test
  void aSilenceThatIsTakenBackPagesAtOnce() {
    watch.silence(silence(0, HOUR).build()).alert(down("endpoint/shop-1", 0)).until(60);
    watch.command(CommandKind.UNSILENCE, null, command -> command.setSilenceId("quiet"));
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void whatDoesNotMatchIsToldOf() {
    watch.silence(silence(0, HOUR).build()).alert(down("endpoint/blog", 0));
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void plannedWorkStopsTheClocksForExactlyAsLongAsItLasts() {
    watch
        .silence(silence(600, 1_800).setMaintenance(true).build())
        .alert(down("endpoint/shop-1", 0).setPriority(Priority.P2))
        .until(700);
    assertThat(watch.only().getServiceLevel().getPausedSince()).isEqualTo(at(600));
    watch.until(1_900);
    assertThat(watch.only().getServiceLevel().getPausedSince()).isNull();
    assertThat(watch.only().getServiceLevel().getPausedMs()).isEqualTo(1_200_000);
    assertThat(watch.only().getServiceLevel().getResolve().getDueAt())
        .isEqualTo(at(4 * HOUR + 1_200));
  }

  @Test
  void workThatBeganAndEndedWhileNobodyLookedCountsAllTheSame() {
    watch
        .silence(silence(600, 1_800).setMaintenance(true).build())
        .alert(down("endpoint/shop-1", 0).setPriority(Priority.P2))
        .sleepUntil(3_000)
        .restart()
        .until(3_020);
    assertThat(watch.only().getServiceLevel().getPausedMs()).isEqualTo(1_200_000);
    assertThat(watch.only().getServiceLevel().getAcknowledge().getDueAt())
        .isEqualTo(at(HOUR + 1_200));
  }

  @Test
  void whatOpensDuringPlannedWorkHasAClockThatNeverRan() {
    watch
        .silence(silence(0, HOUR).setMaintenance(true).build())
        .until(600)
        .alert(down("endpoint/shop-1", 600).setPriority(Priority.P2))
        .until(HOUR + 1);
    assertThat(watch.only().getServiceLevel().getResolve().getDueAt())
        .isEqualTo(at(HOUR + 4 * HOUR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "**", ""})
  void aSilenceOfEverythingIsRefused(String glob) {
    watch.silence(
        silence(0, HOUR)
            .setMatchers(
                List.of(
                    new Matcher("rule", glob.isEmpty() ? "*" : glob, false),
                    new Matcher("priority", "p3", true)))
            .build());
    assertThat(watch.refusals()).hasSize(1);
    assertThat(watch.refusals().get(0).reason()).contains("match everything");
    assertThat(watch.book().silences()).isEmpty();
  }

  @Test
  void eachProblemOfASilenceIsNamed() {
    watch.silence(
        silence(0, -10)
            .setReason("")
            .setMatchers(List.of(new Matcher("colour", "red", false)))
            .setRecurrence(new Recurrence("FREQ=SECONDLY", 1_000L, "Europe/Berlin"))
            .build());
    assertThat(watch.refusals().get(0).reason())
        .contains("no reason", "ends before it begins", "colour", "more often than daily");
  }

  @Test
  void aPreviewShowsWhatWouldBeHidden() {
    watch.alert(down("endpoint/shop-1", 0)).alert(down("endpoint/blog", 0));
    SilencePreview preview = watch.book().preview(silence(0, HOUR).build());
    assertThat(preview.problems()).isEmpty();
    assertThat(preview.incidents())
        .extracting(incident -> incident.getResourceId())
        .containsExactly("endpoint/shop-1");
    assertThat(preview.alerts()).hasSize(1);
    assertThat(preview.alertsSeen()).isEqualTo(2);
  }

  /** Nine o'clock in Berlin is 08:00 UTC in winter and 07:00 UTC in summer (from 2026-03-29). */
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T07:59:59Z, false",
    "2026-03-28T08:00:00Z, true",
    "2026-03-28T09:59:59Z, true",
    "2026-03-28T10:00:00Z, false",
    "2026-03-29T06:59:59Z, false",
    "2026-03-29T07:00:00Z, true",
    "2026-03-29T08:59:59Z, true",
    "2026-03-29T09:00:00Z, false",
    "2026-10-24T07:00:00Z, true",
    "2026-10-25T07:30:00Z, false",
    "2026-10-25T08:00:00Z, true"
  })
  void aWeekendWindowKeepsItsLocalTimeWhenTheClocksChange(Instant moment, boolean holds) {
    assertThat(Windows.holds(weekends("FREQ=WEEKLY;BYDAY=SA,SU"), moment)).isEqualTo(holds);
  }

  /** On 2026-03-29 clocks in Berlin go from 02:00 to 03:00, on 2026-10-25 from 03:00 to 02:00. */
  @Test
  void anOccurrenceThatSpansAClockChangeLastsAsLongAsItSays() {
    Silence nights =
        Silence.newBuilder(weekends("FREQ=DAILY"))
            .setStartsAt(Instant.parse("2026-03-01T00:00:00Z"))
            .setRecurrence(new Recurrence("FREQ=DAILY", 4L * HOUR * 1_000, "Europe/Berlin"))
            .build();
    assertThat(Windows.currentOrNext(nights, Instant.parse("2026-03-29T00:30:00Z")))
        .contains(
            new Windows.Window(
                Instant.parse("2026-03-29T00:00:00Z"), Instant.parse("2026-03-29T04:00:00Z")));
    assertThat(Windows.currentOrNext(nights, Instant.parse("2026-10-25T00:00:00Z")))
        .contains(
            new Windows.Window(
                Instant.parse("2026-10-24T23:00:00Z"), Instant.parse("2026-10-25T03:00:00Z")));
  }

  @Test
  void aRecurringSilenceHoldsInItsWindowsOnly() {
    watch
        .silence(
            silence(0, 3 * 24 * HOUR)
                .setRecurrence(new Recurrence("FREQ=DAILY", 600_000L, "Europe/Berlin"))
                .build())
        .until(24 * HOUR + 60)
        .alert(down("endpoint/shop-1", 24 * HOUR + 60));
    assertThat(watch.told()).isEmpty();
    watch.until(24 * HOUR + 600);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
    assertThat(watch.book().silences()).hasSize(1);
  }

  private static Silence weekends(String rule) {
    return silence(0, 1)
        .setStartsAt(Instant.parse("2026-01-03T08:00:00Z"))
        .setEndsAt(Instant.parse("2026-12-31T00:00:00Z"))
        .setRecurrence(new Recurrence(rule, 2L * HOUR * 1_000, "Europe/Berlin"))
        .build();
  }
}
