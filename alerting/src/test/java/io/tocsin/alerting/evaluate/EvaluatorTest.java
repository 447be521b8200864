package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.Selector;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  @Test
  void firesOnceItHasBeenBadForLongEnough() {
    new Scene(TestRules.load(10, 0))
        .value(0, 50)
        .tells()
        .value(1, 95)
        .tells("PENDING 1")
        .value(10.9, 95)
        .tells()
        .holds(Reason.PENDING)
        .value(11, 95)
        .tells("FIRING 1")
        .value(12, 95)
        .tells()
        .holds(Reason.STILL_BAD);
  }

  @Test
  void aGoodMomentInBetweenMakesItWaitAnew() {
    new Scene(TestRules.load(10, 0))
        .value(1, 95)
        .value(10, 50)
        .tells("CLEARED 1")
        .value(11, 95)
        .tells("PENDING 11")
        .value(20, 95)
        .tells()
        .value(21, 95)
        .tells("FIRING 11");
  }

  @Test
  void withoutAHoldItFiresAtTheFirst() {
    new Scene(TestRules.load(0, 0)).value(1, 95).tells("FIRING 1").value(2, 50).tells("CLEARED 1");
  }

  @Test
  void betweenTheThresholdsItStaysAsItIs() {
    new Scene(TestRules.load(10, 10))
        .value(1, 95)
        .value(5, 80)
        .tells()
        .holds(Reason.BETWEEN_THRESHOLDS)
        .value(11, 95)
        .tells("FIRING 1")
        .value(12, 60)
        .tells()
        .holds(Reason.CLEARING)
        .value(18, 80)
        .tells()
        .value(22, 60)
        .tells("CLEARED 1");
  }

  @Test
  void aBadMomentWhileClearingMakesItClearAnew() {
    new Scene(TestRules.load(0, 10))
        .value(1, 95)
        .value(2, 50)
        .value(11, 95)
        .value(12, 50)
        .value(21, 50)
        .tells()
        .value(22, 50)
        .tells("CLEARED 1");
  }

  @Test
  void whatIsUnknownNeitherFiresNorClears() {
    new Scene(TestRules.load(10, 10))
        .missing(0)
        .tells()
        .holds(Reason.UNKNOWN)
        .value(1, 95)
        .missing(11)
        .tells()
        .value(12, 95)
        .tells("FIRING 1")
        .value(13, 50)
        .missing(20)
        .tells()
        .value(23, 50)
        .tells()
        .value(33, 50)
        .tells("CLEARED 1");
  }

  @Test
  void nothingIsRememberedOfASeriesWithWhichAllIsWell() {
    new Scene(TestRules.load(10, 0)).value(1, 95).value(2, 50).value(3, 50).remembersNoSeries();
  }

  @Test
  void whatWasSeenEarlierComesTooLateToBegin() {
    new Scene(TestRules.load(0, 0))
        .value(10, 50)
        .late(9, 95, 11)
        .tells()
        .holds(Reason.OUT_OF_ORDER);
  }

  @Test
  void aFarFutureIsHeldAndChangesNothing() {
    new Scene(TestRules.load(0, 0))
        .late(10_000, 95, 1)
        .tells()
        .holds(Reason.FROM_THE_FUTURE)
        .value(2, 95)
        .tells("FIRING 2");
  }

  @Test
  void afterASilenceItWaitsAnewAsNobodyKnowsWhatWasInBetween() {
    new Scene(TestRules.load(120, 0))
        .value(0, 50)
        .value(10, 95)
        .value(20, 95)
        .value(3_600, 95)
        .tells("CLEARED 10", "PENDING 3600");
  }

  @Test
  void whatFiresAndIsNoLongerHeardOfIsUnknownNotClear() {
    new Scene(TestRules.load(0, 0))
        .value(0, 50)
        .value(10, 95)
        .tells("FIRING 10")
        .clock(309.9)
        .tells()
        .clock(310)
        .tells("UNKNOWN 10")
        .clock(86_400)
        .tells()
        .value(86_401, 95)
        .tells("FIRING 10");
  }

  @Test
  void aSeriesThatIsSlowFromTheBeginningIsNotSilent() {
    new Scene(TestRules.load(3_600, 0))
        .value(0, 50)
        .value(3_600, 95)
        .value(7_200, 95)
        .tells("FIRING 3600");
  }

  @Test
  void anObservationThatKnowsSinceWhenMakesNobodyWait() {
    Observation shortage =
        new Observation(
            SignalKind.APPLICATION,
            Scene.ID,
            ResourceKind.ENDPOINT,
            "CPU",
            null,
            Tier.CORE,
            Map.of(),
            Scene.at(20),
            Scene.at(5),
            0,
            name -> 95.0);
    Scene scene = new Scene(TestRules.load(15, 0)).see(shortage, 20).tells("FIRING 5");
    assertThat(scene.alert().getSeries()).isEqualTo("CPU");
  }

  @Test
  void theAlertSaysWhatTheRuleAndTheSeriesSay() {
    Alert alert = new Scene(TestRules.load(0, 0)).value(1, 95).alert();
    assertThat(alert.getRule()).isEqualTo("load");
    assertThat(alert.getRuleVersion()).isEqualTo("v1");
    assertThat(alert.getSignal()).isEqualTo("application");
    assertThat(alert.getResourceId()).isEqualTo(Scene.ID);
    assertThat(alert.getService()).isEqualTo("shop");
    assertThat(alert.getTier()).isEqualTo(Tier.CORE);
    assertThat(alert.getValue()).isEqualTo(95);
    assertThat(alert.getLabels()).containsEntry("team", "web");
    assertThat(alert.getSummary()).isEqualTo("load on endpoint/shop");
    assertThat(alert.getUnavailable()).isFalse();
    assertThat(alert.getEvidence())
        .containsExactly(
            "bad since 2026-01-01T12:00:01Z", "value is 95.0000", "the rule says: value > 90.0");
    assertThat(alert.getId()).matches("[0-9a-f]{20}");
  }

  @Test
  void anEpisodeKeepsItsIdAndTheNextOneHasAnother() {
    Scene scene =
        new Scene(TestRules.load(1, 0)).value(1, 95).value(2, 95).value(3, 50).value(4, 95);
    List<String> ids = Scene.alerts(scene.all()).stream().map(Alert::getId).toList();
    assertThat(ids.get(0)).isEqualTo(ids.get(1)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(3));
  }

  @Test
  void anEditedThresholdKeepsTheTimeItHasWaited() {
    Rule before = TestRules.load(300, 0);
    Rule after = TestRules.edited(before, "v2", TestRules.above("value", 92), 300);
    Scene scene = new Scene(before);
    for (int second = 0; second < 240; second += 10) {
      scene.value(second, 95);
    }
    scene.rules(240, after).tells();
    for (int second = 240; second < 300; second += 10) {
      scene.value(second, 95).tells();
    }
    scene.value(300, 95).tells("FIRING 0");
    assertThat(scene.alert().getRuleVersion()).isEqualTo("v2");
  }

  @Test
  void whatFiresIsToldAgainUnderTheRulesNewVersion() {
    Rule before = TestRules.load(0, 0);
    Scene scene = new Scene(before).value(1, 95);
    scene.rules(2, TestRules.edited(before, "v2", before.when(), 0)).value(3, 95).tells("FIRING 1");
    assertThat(scene.alert().getRuleVersion()).isEqualTo("v2");
  }

  @Test
  void aRuleThatIsRemovedClearsWhatItSaid() {
    Scene scene =
        new Scene(TestRules.load(0, 0))
            .value(1, 95)
            .rules(5)
            .tells("CLEARED 1")
            .remembersNoSeries();
    assertThat(scene.alert().getSummary()).isEqualTo("the rule was removed");
  }

  @Test
  void aRuleThatNoLongerSelectsASeriesClearsIt() {
    Rule rule = TestRules.load(0, 0);
    Selector elsewhere =
        new Selector(List.of(), List.of(), List.of("billing"), null, List.of(), Map.of());
    new Scene(rule)
        .value(1, 95)
        .rules(5, TestRules.selecting(rule, elsewhere))
        .tells("CLEARED 1")
        .remembersNoSeries();
  }

  @Test
  void aShadowRuleSaysSo() {
    Rule shadow = TestRules.shadow(TestRules.load(0, 0), "load-next");
    assertThat(new Scene(shadow).value(1, 95).alert().getShadow()).isTrue();
  }

  @Test
  void aResourceThatLeavesTheInventoryTakesAllAlong() {
    Scene scene = new Scene(TestRules.load(0, 0)).inventory(0, 0).value(1, 95);
    scene.gone(2).tells("CLEARED 1");
    assertThat(scene.store().isEmpty()).isTrue();
  }

  @Test
  void labelsWithoutEndDoNotUseUpTheMemory() {
    Scene scene = new Scene(TestRules.load(0, 0));
    for (int i = 0; i < 5_000; i++) {
      Fields fields = name -> 50.0;
      scene.see(
          new Observation(
              SignalKind.APPLICATION,
              Scene.ID,
              ResourceKind.ENDPOINT,
              "user=" + i,
              null,
              Tier.CORE,
              Map.of(),
              Scene.at(1),
              Scene.at(1),
              0,
              fields),
          1);
    }
    scene.holds(Reason.TOO_MANY_SERIES);
    assertThat(scene.store().seenKeys()).hasSize(1_000);
  }

  @Test
  void theSeverityOfASecurityFindingIsKept() {
    Rule rule =
        TestRules.rule(
            "denied",
            SignalKind.SECURITY,
            new io.tocsin.alerting.rules.Derivation.None(),
            new TestRules.On("severity", "severity != ''", figure -> true),
            null,
            0,
            0);
    Observation seen =
        Scene.observation(
            SignalKind.SECURITY, 1, 0, Map.of(), name -> "severity".equals(name) ? "HIGH" : null);
    assertThat(new Scene(rule).see(seen, 1).alert().getSeverity()).isEqualTo("HIGH");
  }
}
