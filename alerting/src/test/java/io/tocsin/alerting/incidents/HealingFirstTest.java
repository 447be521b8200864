package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.down;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealingFirstTest {

  private static final HealPolicy TWICE =
      new HealPolicy(2, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));

  private final Watch watch =
      new Watch(
          Shelf.inMemory(),
          Settings.DEFAULT.healingFirst(Duration.ofMinutes(15)),
          (action, resource, service) -> Optional.of(TWICE));

  private static Alert.Builder shop(Priority priority) {
    return down("container/shop", 0).setHeal(List.of("restart")).setPriority(priority);
  }

  private HealPlan plan() {
    return watch.plans().get(watch.plans().size() - 1);
  }

  @Test
  void whatHealsWithoutPeopleIsToldToNobody() {
    Alert.Builder alert = shop(Priority.P2);
    watch.alert(alert).until(1).result(plan(), HealOutcome.INTENT);
    watch.until(2).result(plan(), HealOutcome.EXECUTED).until(5);
    watch.result(plan(), HealOutcome.VERIFIED).until(8).alert(alert, AlertState.CLEARED);
    watch.until(3_600);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.told()).isEmpty();
    assertThat(watch.held()).contains(HeldReason.HEALING_FIRST);
  }

  @Test
  void aSecondAttemptIsWaitedForAndThenPeopleArePaged() {
    watch.alert(shop(Priority.P3)).until(1).result(plan(), HealOutcome.FAILED);
    watch.until(29);
    assertThat(watch.told()).isEmpty();
    watch.until(31).result(plan(), HealOutcome.NOT_VERIFIED).until(62);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void whatNobodyMayHealIsToldAtOnce() {
    watch.alert(shop(Priority.P2)).until(1).result(plan(), HealOutcome.REFUSED);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void anOutcomeThatNobodyKnowsIsToldAtOnce() {
    watch.alert(shop(Priority.P2)).until(1).result(plan(), HealOutcome.INTENT);
    watch.until(2).result(plan(), HealOutcome.UNKNOWN);
    assertThat(watch.kinds()).contains(NotificationKind.PAGE);
  }

  @Test
  void p0AndP1ArePagedAtOnce() {
    watch.alert(shop(Priority.P1));
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void withoutAnActionPeopleAreTheHealers() {
    watch.alert(down("container/shop", 0).setPriority(Priority.P2));
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void healingGoesFirstForSoLongOnly() {
    watch.alert(shop(Priority.P2)).until(1).result(plan(), HealOutcome.INTENT);
    for (int at = 200; at < 900; at += 200) {
      watch.until(at).result(plan(), HealOutcome.EXECUTED);
    }
    watch.until(901);
    assertThat(watch.kinds()).contains(NotificationKind.PAGE);
  }

  @Test
  void whatHelpedBeforeIsTriedAgainAtOnceWhenItComesBack() {
    Alert.Builder alert = shop(Priority.P0);
    watch.alert(alert).until(1).result(plan(), HealOutcome.EXECUTED);
    watch.until(2).result(plan(), HealOutcome.VERIFIED).until(3).alert(alert, AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    watch.until(60).alert(down("container/shop", 60).setHeal(List.of("restart")));
    assertThat(watch.plans()).hasSize(2);
  }

  @Test
  void whoHasToAgreeIsAsked() {
    watch.alert(shop(Priority.P2)).until(1).result(plan(), HealOutcome.AWAITING_APPROVAL);
    assertThat(watch.told())
        .anySatisfy(
            told ->
                assertThat(told.getReason())
                    .contains("tocsin heal approve " + plan().getId(), "waits for somebody"));
    watch.until(14 * 60).result(plan(), HealOutcome.INTENT);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.HEALING);
  }
}
