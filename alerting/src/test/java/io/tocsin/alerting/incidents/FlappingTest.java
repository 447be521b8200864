package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.down;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlappingTest {

  private static final int HOUR = 3_600;

  private final Watch watch = new Watch();

  @ParameterizedTest
  @EnumSource(Priority.class)
  void sixtyFlipsAnHourAreOnePageAndOneSummary(Priority priority) {
    for (int flip = 0; flip < 60; flip++) {
      Alert.Builder episode = down("endpoint/shop", flip * 60).setPriority(priority);
      watch.until(flip * 60).alert(episode).until(flip * 60 + 30);
      watch.alert(episode, AlertState.CLEARED);
    }
    watch.until(3 * HOUR);
    assertThat(watch.only().getReopened()).isEqualTo(59);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.told(NotificationKind.PAGE)).hasSize(1);
    assertThat(watch.told(NotificationKind.SUMMARY)).hasSize(1);
    assertThat(watch.kinds())
        .containsExactly(
            NotificationKind.PAGE, NotificationKind.RESOLVED, NotificationKind.SUMMARY);
  }

  @Test
  void anAlertThatSaysItFlapsIsSummedUpEveryHourUntilItSettles() {
    Alert.Builder episode = down("endpoint/shop", 0).setPriority(Priority.P3);
    watch.alert(episode).until(300).alert(episode, AlertState.FLAPPING).until(2.5 * HOUR);
    assertThat(watch.only().getFlapping()).isTrue();
    assertThat(watch.kinds())
        .containsExactly(NotificationKind.PAGE, NotificationKind.SUMMARY, NotificationKind.SUMMARY);
    watch.alert(episode, AlertState.CLEARED);
    assertThat(watch.only().getFlapping()).isFalse();
    assertThat(watch.timeline(watch.only().getId()))
        .contains(IncidentEventKind.FLAPPING, IncidentEventKind.SETTLED);
    assertThat(Collections.max(watch.kinds())).isEqualTo(NotificationKind.RESOLVED);
  }

  @Test
  void whatComesBackAndStaysPagesAgain() {
    Alert.Builder first = down("endpoint/shop", 0);
    watch.alert(first).until(30).alert(first, AlertState.CLEARED).until(100);
    watch.alert(down("endpoint/shop", 100));
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.RESOLVED);
    watch.until(160);
    assertThat(watch.kinds())
        .containsExactly(NotificationKind.PAGE, NotificationKind.RESOLVED, NotificationKind.PAGE);
  }

  @Test
  void onlyTheTimeItWasBadCountsForItsDeadlines() {
    Alert.Builder first = down("endpoint/shop", 0).setPriority(Priority.P1);
    watch.alert(first).until(600).alert(first, AlertState.CLEARED).until(900);
    watch.alert(down("endpoint/shop", 900).setPriority(Priority.P1));
    assertThat(watch.only().getServiceLevel().getPausedMs()).isEqualTo(300_000);
    assertThat(watch.only().getServiceLevel().getResolve().getDueAt())
        .isEqualTo(Watch.at(HOUR + 300));
  }

  @Test
  void longAfterTheResolveItIsAnotherIncident() {
    Alert.Builder first = down("endpoint/shop", 0);
    watch.alert(first).until(30).alert(first, AlertState.CLEARED).until(700);
    watch.alert(down("endpoint/shop", 700));
    assertThat(watch.incidents()).hasSize(2);
  }
}
