package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.alert;
import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneCauseOnePageTest {

  private final Watch watch = new Watch();

  @Test
  void whatRunsOnADeadHostJoinsItsIncidentWithoutAPage() {
    watch
        .resource(resource("host/a", null, null, Tier.NON_CORE))
        .resource(resource("endpoint/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(down("host/a", 0))
        .alert(down("endpoint/shop", 5));
    assertThat(watch.only().getResourceId()).isEqualTo("host/a");
    assertThat(watch.only().getAlerts())
        .extracting(IncidentAlert::getRelation)
        .containsExactly("", "runs on host/a, which is unavailable");
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void theHostBecomesTheCauseOfWhatWasPagedBeforeItWasKnown() {
    watch
        .resource(resource("host/a", null, null, Tier.NON_CORE))
        .resource(resource("endpoint/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(down("endpoint/shop", 0));
    String paged = watch.only().getId();
    watch.alert(down("host/a", 5));
    assertThat(watch.only().getId()).isEqualTo(paged);
    assertThat(watch.only().getResourceId()).isEqualTo("host/a");
    assertThat(watch.timeline(paged))
        .containsExactly(IncidentEventKind.OPENED, IncidentEventKind.CAUSE_CHANGED);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void whatExplainsTwoIncidentsKeepsTheOlderAndMergesTheOther() {
    watch
        .resource(resource("endpoint/db", null, "db", Tier.NON_CORE))
        .resource(resource("endpoint/shop", null, "shop", Tier.NON_CORE, "db"))
        .resource(resource("endpoint/blog", null, "blog", Tier.NON_CORE, "db"))
        .alert(down("endpoint/shop", 0))
        .alert(down("endpoint/blog", 200));
    assertThat(watch.open()).hasSize(2);
    watch.alert(down("endpoint/db", 210));
    Incident kept = watch.open().get(0);
    assertThat(watch.open()).hasSize(1);
    assertThat(kept.getStartedAt()).isEqualTo(Watch.at(0));
    assertThat(kept.getResourceId()).isEqualTo("endpoint/db");
    assertThat(kept.getAlerts()).hasSize(3);
    Incident merged =
        watch.incidents().values().stream()
            .filter(incident -> incident.getMergedInto() != null)
            .findFirst()
            .orElseThrow();
    assertThat(merged.getMergedInto()).isEqualTo(kept.getId());
    assertThat(merged.getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.kinds())
        .containsExactly(NotificationKind.PAGE, NotificationKind.PAGE, NotificationKind.RESOLVED);
  }

  @Test
  void anEffectGoesOverToTheCauseItReallyHas() {
    // db and shop fall together on host a, as siblings; then db's own host turns out to be dead.
    watch
        .resource(resource("endpoint/db", "host/b", "db", Tier.NON_CORE))
        .resource(resource("endpoint/shop", null, "shop", Tier.NON_CORE, "db"))
        .alert(down("endpoint/shop", 0))
        .alert(down("endpoint/db", 1))
        .alert(down("host/b", 2));
    assertThat(watch.only().getResourceId()).isEqualTo("host/b");
    assertThat(watch.only().getAlerts()).hasSize(3);
  }

  @Test
  void aServiceIsNoPartOfItselfWhenItsPartsAreCounted() {
    watch
        .resource(resource("service/shop", null, "shop", Tier.NON_CORE))
        .resource(resource("endpoint/e0", null, "shop", Tier.NON_CORE))
        .resource(resource("endpoint/e1", null, "shop", Tier.NON_CORE))
        .alert(down("endpoint/e0", 0))
        .alert(down("endpoint/e1", 5));
    assertThat(watch.only().getSummary()).startsWith("2 of 2 of service shop: endpoint/e0");
    assertThat(watch.only().getAlerts())
        .extracting(IncidentAlert::getRelation)
        .allSatisfy(relation -> assertThat(relation).isEqualTo(relation.strip()));
  }

  @Test
  void severalThatFallTogetherOnOneHostAreOneIncidentThatSaysHowMany() {
    for (int i = 0; i < 4; i++) {
      watch.resource(resource("endpoint/e" + i, "host/a", "s" + i, Tier.NON_CORE));
    }
    watch
        .alert(down("endpoint/e0", 0))
        .alert(down("endpoint/e1", 20))
        .alert(down("endpoint/e2", 70));
    assertThat(watch.only().getSummary()).startsWith("3 of 4 on host/a: ");
    watch.alert(down("endpoint/e3", 300));
    assertThat(watch.open()).hasSize(2);
  }

  @Test
  void aSecondReplicaRaisesTheIncidentOfItsService() {
    watch
        .resource(resource("endpoint/shop-1", "host/a", "shop", Tier.CORE))
        .resource(resource("endpoint/shop-2", "host/b", "shop", Tier.CORE))
        .alert(down("endpoint/shop-1", 0));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P1);
    watch.alert(down("endpoint/shop-2", 500));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P0);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.RAISED);
  }

  @Test
  void anIntruderIsNoEffectOfADeadHost() {
    watch
        .resource(resource("container/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(down("host/a", 0))
        .alert(
            alert("exec", "security", "container/shop", 1)
                .setLayer(Layer.SECURITY)
                .setSeverity("CRITICAL"));
    assertThat(watch.open()).hasSize(2);
  }

  @Test
  void theFaultyEndIsTheResourceInTrouble() {
    watch
        .resource(resource("endpoint/db", null, "db", Tier.NON_CORE))
        .alert(alert("slow-edge", "latency", "endpoint/shop", 0).setFaultyEnd("endpoint/db"));
    assertThat(watch.only().getResourceId()).isEqualTo("endpoint/db");
  }

  @Test
  void aShortageIsTheCauseOfTheSlownessAndErrorsThatFollow() {
    watch
        .resource(resource("container/shop", "host/a", "shop", Tier.CORE))
        .resource(resource("endpoint/shop", null, "shop", Tier.CORE))
        .alert(alert("cpu", "bottleneck", "container/shop", 0))
        .alert(alert("slow", "latency", "endpoint/shop", 20));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P3);
    watch.alert(alert("error-rate", "application", "endpoint/shop", 40));
    assertThat(watch.only().getResourceId()).isEqualTo("container/shop");
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P1);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.RAISED);
  }

  @Test
  void itIsResolvedWhenNothingIsLeftAndPeopleAreToldOnce() {
    Alert.Builder host = down("host/a", 0);
    Alert.Builder shop = down("endpoint/shop", 1);
    watch
        .resource(resource("endpoint/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(host)
        .alert(shop)
        .until(60)
        .alert(host, AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    watch.alert(shop, AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE, NotificationKind.RESOLVED);
  }

  @Test
  void unknownHealthMakesItStaleAndResolvesNothing() {
    Alert.Builder shop = down("endpoint/shop", 0);
    watch.alert(shop).until(60).alert(shop, AlertState.UNKNOWN);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.only().getStale()).isTrue();
    watch.until(70).alert(shop, AlertState.FIRING);
    assertThat(watch.only().getStale()).isFalse();
    assertThat(watch.timeline(watch.only().getId()))
        .containsExactly(
            IncidentEventKind.OPENED, IncidentEventKind.STALE, IncidentEventKind.FRESH);
  }

  @Test
  void lateEvidenceTakesAnIncidentBack() {
    Alert.Builder shop = down("endpoint/shop", 0);
    watch
        .alert(shop)
        .until(60)
        .alert(
            Alert.newBuilder(shop).setEvidence(List.of("retracted by late evidence")),
            AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.RESOLVED);
    assertThat(watch.timeline(watch.only().getId()))
        .containsExactly(IncidentEventKind.OPENED, IncidentEventKind.RETRACTED);
  }

  @Test
  void aRetractedCauseLeavesTheRestInItsIncident() {
    Alert.Builder host = down("host/a", 0);
    watch
        .resource(resource("endpoint/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(host)
        .alert(down("endpoint/shop", 1))
        .until(60)
        .alert(
            Alert.newBuilder(host).setEvidence(List.of("retracted by late evidence")),
            AlertState.CLEARED);
    assertThat(watch.only().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(watch.only().getResourceId()).isEqualTo("endpoint/shop");
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  @Test
  void pendingAndShadowAlertsOpenNothing() {
    watch
        .alert(down("endpoint/shop", 0).setState(AlertState.PENDING))
        .alert(down("endpoint/blog", 0).setShadow(true));
    assertThat(watch.incidents()).isEmpty();
    assertThat(watch.held()).containsExactly(HeldReason.PENDING, HeldReason.SHADOW);
  }
}
