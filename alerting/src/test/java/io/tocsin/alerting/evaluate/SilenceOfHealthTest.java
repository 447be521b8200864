package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

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
}
