package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealAttemptsTest {

  private static final HealPolicy TWICE =
      new HealPolicy(2, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));

  private final Watch watch =
      new Watch(
          (action, resource, service) ->
              action.equals("forbidden") ? Optional.empty() : Optional.of(TWICE));

  private final Alert.Builder shop =
      down("container/shop", 0).setHeal(List.of("restart", "forbidden", "recreate"));

  private HealPlan plan() {
    return watch.plans().get(watch.plans().size() - 1);
  }

  @Test
  void aVerifiedHealMitigatesAndTheClearedAlertResolves() {
    watch.alert(shop);
    assertThat(plan().getAction()).isEqualTo("restart");
    assertThat(plan().getTargetId()).isEqualTo("container/shop");
    watch.until(1).result(plan(), HealOutcome.INTENT);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.HEALING);
    watch.until(2).result(plan(), HealOutcome.EXECUTED).until(5);
    watch.result(plan(), HealOutcome.VERIFIED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.MITIGATED);
    assertThat(watch.only().getServiceLevel().getMitigate().getMetAt()).isEqualTo(Watch.at(5));
    watch.until(30).alert(shop, AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.timeline(watch.only().getId()))
        .containsExactly(
            IncidentEventKind.OPENED,
            IncidentEventKind.HEALING_PLANNED,
            IncidentEventKind.HEALING_STARTED,
            IncidentEventKind.UPDATED,
            IncidentEventKind.VERIFIED,
            IncidentEventKind.RESOLVED);
  }

  @Test
  void actionsAreTriedInTheirOrderWithAPauseAndThenPeopleAreCalled() {
    watch.alert(shop);
    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(watch.plans()).hasSize(attempt);
      watch.result(plan(), HealOutcome.FAILED).until(attempt * 30 - 1);
      assertThat(watch.plans()).hasSize(attempt);
      watch.until(attempt * 30);
    }
    assertThat(watch.plans())
        .extracting(HealPlan::getAction)
        .containsExactly("restart", "restart", "recreate", "recreate");
    assertThat(watch.timeline(watch.only().getId())).endsWith(IncidentEventKind.NEEDS_HUMAN);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.REMINDER);
    watch.until(3_000);
    assertThat(watch.plans()).hasSize(4);
  }

  @Test
  void aSilentResponderLeavesItToPeople() {
    watch.alert(shop).until(66);
    assertThat(watch.timeline(watch.only().getId()))
        .containsExactly(
            IncidentEventKind.OPENED,
            IncidentEventKind.HEALING_PLANNED,
            IncidentEventKind.HEALING_UNANSWERED,
            IncidentEventKind.NEEDS_HUMAN);
    watch.result(plan(), HealOutcome.VERIFIED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.MITIGATED);
    assertThat(watch.plans()).hasSize(1);
  }

  @Test
  void anUnknownOutcomeLeavesItToPeopleAtOnce() {
    watch.alert(shop).result(plan(), HealOutcome.UNKNOWN).until(3_000);
    assertThat(watch.timeline(watch.only().getId())).contains(IncidentEventKind.NEEDS_HUMAN);
    assertThat(watch.plans()).hasSize(1);
  }

  @Test
  void whatClearsWhileAHealIsUnderWayIsResolvedByItsOutcome() {
    watch.alert(shop).until(10).alert(shop, AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.held()).contains(HeldReason.HEAL_IN_FLIGHT);
    watch.result(plan(), HealOutcome.VERIFIED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
  }

  @Test
  void whatClearsWhileTheResponderIsGoneIsResolvedWhenItIsGivenUp() {
    watch.alert(shop).until(10).alert(shop, AlertState.CLEARED).until(66);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
  }

  @Test
  void whatDoesNotClearAfterAVerifiedHealIsOpenedAgain() {
    watch.alert(shop).result(plan(), HealOutcome.VERIFIED).until(899);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.MITIGATED);
    watch.until(901);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.plans()).hasSize(2);
  }

  @Test
  void resultsReadBeforeTheirPlanWaitForIt() {
    watch.alert(shop);
    Watch again = new Watch((action, resource, service) -> Optional.of(TWICE));
    again.result(plan(), HealOutcome.VERIFIED, 5).result(plan(), HealOutcome.INTENT, 1);
    assertThat(again.held())
        .containsExactly(HeldReason.AHEAD_OF_ITS_PLAN, HeldReason.AHEAD_OF_ITS_PLAN);
    again.restart().alert(shop);
    assertThat(again.only().getState()).isEqualTo(IncidentState.MITIGATED);
    again.until(2_000).result(plan(), HealOutcome.FAILED);
    assertThat(again.held()).endsWith(HeldReason.OLD_HEAL_RESULT);
  }

  @Test
  void aPageIsTheSameWhenResultsAreReadBeforeTheirPlan() {
    watch.alert(shop).until(1).result(plan(), HealOutcome.INTENT);
    watch.result(plan(), HealOutcome.VERIFIED);
    Watch again = new Watch((action, resource, service) -> Optional.of(TWICE));
    again.result(plan(), HealOutcome.INTENT, 1).result(plan(), HealOutcome.VERIFIED, 1);
    again.restart().alert(shop);
    assertThat(again.only().getState()).isEqualTo(IncidentState.MITIGATED);
    assertThat(again.told(NotificationKind.PAGE))
        .extracting(Notification::getId)
        .containsExactly(watch.told(NotificationKind.PAGE).get(0).getId());
  }

  @Test
  void unknownHealthAuthorisesNothing() {
    watch.alert(shop).result(plan(), HealOutcome.FAILED).until(10);
    watch.alert(shop, AlertState.UNKNOWN).until(600);
    assertThat(watch.plans()).hasSize(1);
  }

  @Test
  void onlyTheCauseIsHealed() {
    watch
        .resource(resource("container/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(down("host/a", 0))
        .alert(shop);
    assertThat(watch.plans()).isEmpty();
  }

  @Test
  void nothingIsHealedDuringPlannedWork() {
    watch
        .silence(
            Silence.newBuilder()
                .setId("work")
                .setMatchers(List.of(new Matcher("resource", "container/shop", false)))
                .setReason("new disks")
                .setBy("ann")
                .setStartsAt(Watch.at(0))
                .setEndsAt(Watch.at(600))
                .setMaintenance(true)
                .build())
        .alert(shop);
    assertThat(watch.plans()).isEmpty();
    assertThat(watch.held()).contains(HeldReason.HEAL_DURING_MAINTENANCE);
    watch.until(600);
    assertThat(watch.plans()).hasSize(1);
  }

  @Test
  void whatComesBackIsNotHealedForEver() {
    for (int episode = 0; episode < 8; episode++) {
      Alert.Builder again =
          down("container/shop", episode * 200).setHeal(List.of("restart", "recreate"));
      watch.until(episode * 200).alert(again).until(episode * 200 + 61);
      if (watch.plans().size() > episode) {
        watch.result(plan(), HealOutcome.VERIFIED);
      }
      watch.alert(again, AlertState.CLEARED);
    }
    assertThat(watch.plans()).hasSize(4);
    assertThat(watch.timeline(watch.only().getId()))
        .containsOnlyOnce(IncidentEventKind.NEEDS_HUMAN);
  }
}
