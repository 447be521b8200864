package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.ShadowReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShadowComparisonTest {

  private static final Rule NEXT = TestRules.shadow(TestRules.load(0, 0), "next");

  /** Both on a, only live on b, only shadow on c; the last one makes all of that old enough. */
  private static final List<Alert> DAY =
      List.of(
          TestAlerts.alert("load", "host/a", 0, 10, AlertState.FIRING),
          TestAlerts.alert("next", "host/a", 5, 20, AlertState.FIRING),
          TestAlerts.alert("load", "host/b", 0, 20, AlertState.FIRING),
          TestAlerts.alert("next", "host/a", 5, 30, AlertState.CLEARED),
          TestAlerts.alert("load", "host/a", 0, 30, AlertState.CLEARED),
          TestAlerts.alert("load", "host/b", 0, 30, AlertState.CLEARED),
          TestAlerts.alert("next", "host/c", 30, 30, AlertState.FIRING),
          TestAlerts.alert("next", "host/c", 30, 40, AlertState.CLEARED),
          TestAlerts.alert("load", "host/d", 500, 500, AlertState.FIRING));

  @Example
  void episodesAreCountedByWhoHadThem() {
    ShadowReport report = compare(DAY).report(Scene.at(600));
    assertThat(report.getBoth()).isEqualTo(1);
    assertThat(report.getOnlyLive()).isEqualTo(1);
    assertThat(report.getOnlyShadow()).isEqualTo(1);
    assertThat(report.getName()).isEqualTo("next");
    assertThat(report.getLive()).isEqualTo("load");
    assertThat(report.getSince()).isEqualTo(Scene.at(10));
    assertThat(report.getLatest())
        .containsExactly(
            "only load fired on host/b, from 2026-01-01T12:00:20Z to 2026-01-01T12:00:30Z",
            "only next fired on host/c, from 2026-01-01T12:00:30Z to 2026-01-01T12:00:40Z");
  }

  @Example
  void episodesOfOtherTimesDoNotMeet() {
    ShadowReport report =
        compare(
                List.of(
                    TestAlerts.alert("load", "host/a", 0, 10, AlertState.FIRING),
                    TestAlerts.alert("load", "host/a", 0, 20, AlertState.CLEARED),
                    TestAlerts.alert("next", "host/a", 21, 21, AlertState.FIRING),
                    TestAlerts.alert("next", "host/a", 21, 22, AlertState.CLEARED),
                    TestAlerts.alert("load", "host/d", 500, 500, AlertState.FIRING)))
            .report(Scene.at(600));
    assertThat(report.getBoth()).isZero();
    assertThat(report.getOnlyLive()).isEqualTo(1);
    assertThat(report.getOnlyShadow()).isEqualTo(1);
  }

  @Property
  void theOrderOfAlertsOfDifferentSeriesDoesNotMatter(@ForAll Random random) {
    List<Alert> early = new ArrayList<>(DAY.subList(0, DAY.size() - 1));
    Collections.shuffle(early, random);
    // What one rule says of one series keeps its order.
    early.sort((a, b) -> a.getId().equals(b.getId()) ? a.getAt().compareTo(b.getAt()) : 0);
    if (!inOrderBySeries(early)) {
      return;
    }
    early.add(DAY.get(DAY.size() - 1));
    ShadowState state = compare(early);
    assertThat(List.of(state.both(), state.onlyLive(), state.onlyShadow()))
        .containsExactly(1L, 1L, 1L);
  }

  @Example
  void anotherVersionBeginsAnew() {
    Rule edited = TestRules.edited(NEXT, "v2", NEXT.when(), 0);
    ShadowState state = ShadowComparison.onAlert(edited, DAY.get(0), compare(DAY));
    assertThat(state.both() + state.onlyLive() + state.onlyShadow()).isZero();
  }

  @Example
  void alertsOfOtherRulesChangeNothing() {
    Alert other = TestAlerts.alert("other", "host/a", 0, 10, AlertState.FIRING);
    assertThat(ShadowComparison.onAlert(NEXT, other, null)).isNull();
  }

  @Example
  void episodesWithoutEndDoNotUseUpTheMemory() {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      alerts.add(TestAlerts.alert("next", "host/" + i, 0, 0, AlertState.FIRING));
    }
    ShadowState state = compare(alerts);
    assertThat(state.open()).hasSize(ShadowComparison.MOST_OPEN);
    assertThat(state.onlyShadow()).isEqualTo(100);
    assertThat(state.latest()).hasSize(10);
  }

  private static boolean inOrderBySeries(List<Alert> alerts) {
    for (Alert alert : alerts) {
      if (alert.getState() == AlertState.CLEARED
          && alerts.stream()
              .limit(alerts.indexOf(alert))
              .noneMatch(before -> before.getId().equals(alert.getId()))) {
        return false;
      }
    }
    return true;
  }

  private static ShadowState compare(List<Alert> alerts) {
    ShadowState state = null;
    for (Alert alert : alerts) {
      state = ShadowComparison.onAlert(NEXT, alert, state);
    }
    return state;
  }
}
