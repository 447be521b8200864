package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.Selector;
import io.tocsin.alerting.signal.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedFiguresTest {

  private static final Rule UNUSUAL =
      TestRules.derived("unusual", new Derivation.Baseline("value"), TestRules.above("score", 100));

  @Test
  void aDetectorJudgesByThePastWithoutTheNewest() {
    Scene scene =
        new Scene(UNUSUAL).value(1, 60).value(2, 60).tells().value(3, 1).tells("FIRING 3");
    assertThat(scene.alert().getEvidence()).contains("the sum was 120.0");
  }

  @Test
  void ofValuesOfOneMomentTheHighestIsLearnt() {
    new Scene(UNUSUAL).value(1, 1).value(1, 101).value(1, 5).value(2, 0).tells("FIRING 2");
  }

  @Test
  void nothingIsLearntFromWhatIsMissing() {
    new Scene(UNUSUAL).value(1, 60).missing(2).holds(Reason.UNKNOWN).value(3, 60).tells();
  }

  @Test
  void itLearnsFromFinalWindowsOnlyEvenIfTheNextOneIsOpenAlready() {
    new Scene(UNUSUAL)
        .window(5, 60, false, 5)
        .holds(Reason.NOT_FINAL)
        .window(9, 60, false, 9)
        .window(11, 60, false, 11)
        .window(9, 101, true, 12)
        .holds()
        .window(19, 0, true, 22)
        .tells("FIRING 19");
  }

  @Test
  void aRuleForFinalWindowsTakesThemInTheirOwnOrder() {
    Rule rule = TestRules.load(0, 0);
    Rule onlyFinal =
        TestRules.selecting(
            rule,
            new Selector(
                List.of(), List.of(), List.of(), null, List.of(), Map.of("final", "true")));
    new Scene(onlyFinal)
        .window(9, 95, true, 10)
        .tells("FIRING 9")
        .window(19, 50, true, 21)
        .tells("CLEARED 9")
        .window(9, 95, true, 22)
        .holds(Reason.OUT_OF_ORDER);
  }

  @Test
  void anEditOfTheDerivationForgetsWhatItLearntAndNothingElse() {
    Rule other =
        TestRules.derived(
            "unusual", new Derivation.Rate("value", Duration.ofMinutes(1)), UNUSUAL.when());
    Rule threshold = TestRules.edited(UNUSUAL, "v2", TestRules.above("score", 150), 0);
    Scene scene = new Scene(UNUSUAL).value(1, 60).value(2, 60);
    assertThat(scene.rules(2, threshold).store().learntKeys()).hasSize(1);
    assertThat(scene.rules(2, other).store().learntKeys()).isEmpty();
  }

  @Test
  void anErrorOfAQuietNightBurnsNoBudget() {
    Derivation.BurnRate burn =
        new Derivation.BurnRate(
            "failed",
            "tries",
            0.99,
            List.of(new Derivation.BurnWindows(Duration.ofHours(1), Duration.ofMinutes(5), 14.4)),
            100);
    Scene scene = new Scene(TestRules.derived("burn", burn, TestRules.above("burn", 14.4)));
    counts(scene, 0, 1, 1).holds(Reason.UNKNOWN);
    for (int minute = 1; minute <= 9; minute++) {
      counts(scene, minute * 60, 10, 0).tells();
    }
    counts(scene, 600, 10, 10).tells().holds();
    counts(scene, 660, 10, 10).tells("FIRING 660");
    counts(scene, 1_000, 10, 0).tells("CLEARED 660");
  }

  private static Scene counts(Scene scene, int second, double tries, double failed) {
    Fields fields =
        name ->
            switch (name) {
              case "tries" -> tries;
              case "failed" -> failed;
              default -> null;
            };
    return scene.see(
        Scene.observation(
            io.tocsin.alerting.signal.SignalKind.APPLICATION, second, 0, Map.of(), fields),
        second);
  }
}
