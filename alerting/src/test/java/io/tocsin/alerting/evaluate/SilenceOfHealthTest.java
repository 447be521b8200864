package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.SignalKind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class SilenceOfHealthTest {

  @Test
  void healthThatFallsSilentIsUnknownOnceAndClearsNothing() {
    Scene scene = new Scene(TestRules.down(0, 0));
    scene.up(0, true).up(1, false).tells("FIRING 1");
    assertThat(scene.alert().getUnavailable()).isTrue();
    scene.clock(3.9).tells().clock(4).tells("UNKNOWN 1").clock(3_600).tells();
    scene.up(3_601, false).tells("FIRING 1").up(3_602, true).tells("CLEARED 1");
    assertThat(scene.alert().getUnavailable()).isFalse();
  }

  @Test
  void aHealthyEndpointThatFallsSilentIsUnknownUntilItSpeaks() {
    new Scene(TestRules.down(0, 0))
        .up(0, true)
        .up(1, true)
        .clock(4)
        .tells("UNKNOWN 1")
        .up(10, true)
        .tells("CLEARED 1")
        .clock(13)
        .tells("UNKNOWN 10");
  }

  @Test
  void rulesAboutOtherThingsThanBeingUpSayNothingOfASilentEndpoint() {
    Rule slow =
        TestRules.rule(
            "slow",
            SignalKind.HEALTH,
            new Derivation.None(),
            TestRules.above("latency_ms", 100),
            null,
            0,
            0);
    new Scene(slow).up(0, true).clock(60).tells().remembersNoSeries();
  }

  @Test
  void aProbeThatCannotTellIsAsGoodAsNone() {
    new Scene(TestRules.down(0, 0))
        .up(0, true)
        .up(1, null)
        .tells()
        .up(2, null)
        .clock(3)
        .tells("UNKNOWN 2")
        .up(4, null)
        .tells()
        .holds(Reason.UNKNOWN);
  }

  @Test
  void whatWaitsWaitsAnewAfterASilence() {
    new Scene(TestRules.down(5, 0))
        .up(0, false)
        .tells("PENDING 0")
        .clock(3)
        .tells("UNKNOWN 0")
        .up(10, false)
        .tells("CLEARED 0", "PENDING 10");
  }

  @Test
  void ofProbesOfOneMomentTheWorstCounts() {
    new Scene(TestRules.down(0, 0))
        .up(1, false)
        .up(1, true)
        .tells()
        .holds(Reason.REPEATED)
        .up(2, true)
        .tells("CLEARED 1")
        .up(2, false)
        .tells("FIRING 1");
  }

  @Test
  void afterAStartNobodyIsCalledSilentBeforeWhatCameMeanwhileIsRead() {
    Scene scene = new Scene(TestRules.down(0, 0)).up(0, false).start(7_200);
    scene.lateTimer(7_200).tells().holds(Reason.SETTLING);
    scene.clock(7_212.9).tells().clock(7_213).tells("UNKNOWN 0");
  }

  @Test
  void afterAStartOneThatSpeaksInTimeIsNotCalledSilent() {
    Scene scene = new Scene(TestRules.down(0, 0)).up(0, false).start(7_200).lateTimer(7_200);
    scene.up(7_205, false).tells().clock(7_207.9).tells();
  }

  /** A probe, or a look at the clock; half seconds that may stand still. */
  record Step(int halfSeconds, Boolean up, boolean isProbe) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 3)),
                Tuple.of(1, Arbitraries.integers().between(4, 40))),
            Arbitraries.of(Boolean.TRUE, Boolean.FALSE).injectNull(0.2),
            Arbitraries.of(true, true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void withoutAGoodProbeNothingIsEverCleared(@ForAll("histories") List<Step> history) {
    Scene scene = new Scene(TestRules.down(0, 1)).up(0, false);
    double now = 0;
    for (Step step : history) {
      now += step.halfSeconds() / 2.0;
      if (step.isProbe()) {
        scene.up(now, Boolean.TRUE.equals(step.up()) ? null : step.up());
      } else {
        scene.clock(now);
      }
    }
    assertThat(Scene.words(scene.all()))
        .noneMatch(word -> word.startsWith("CLEARED"))
        .startsWith("FIRING 0");
  }

  @Property(tries = 300)
  void whatWasToldLastIsHowItStandsAndARestoreChangesNothing(
      @ForAll("histories") List<Step> history) {
    Scene scene = new Scene(TestRules.down(1, 1));
    Scene restored = new Scene(TestRules.down(1, 1));
    double now = 0;
    for (Step step : history) {
      now += step.halfSeconds() / 2.0;
      for (Scene each : List.of(scene, restored)) {
        if (step.isProbe()) {
          each.up(now, step.up());
        } else {
          each.clock(now);
        }
      }
      restored.store(StoredTypes.roundTrip(restored.store()));
      SeriesState state = scene.store().series("down/");
      List<String> told = Scene.words(scene.all());
      if (!told.isEmpty() && state != null && state.shown() != null) {
        assertThat(scene.alert().getState()).isEqualTo(state.shown().state());
        assertThat(scene.alert().getSince()).isEqualTo(state.shown().since());
      }
    }
    assertThat(restored.all()).isEqualTo(scene.all());
  }
}
