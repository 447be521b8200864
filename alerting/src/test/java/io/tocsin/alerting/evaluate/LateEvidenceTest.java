package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateEvidenceTest {

  @Test
  void aLateGoodMomentMakesItWaitAnew() {
    new Scene(TestRules.load(10, 0))
        .value(0, 50)
        .value(1, 95)
        .value(9, 95)
        .late(5, 50, 9.5)
        .tells("CLEARED 1", "PENDING 9")
        .value(11, 95)
        .tells()
        .value(19, 95)
        .tells("FIRING 9");
  }

  @Test
  void aLateGoodMomentRetractsWhatFiredForItsSake() {
    Scene scene = new Scene(TestRules.load(10, 0)).value(0, 50).value(1, 95).value(11, 95);
    scene.tells("FIRING 1").late(5, 50, 12).tells("CLEARED 1", "PENDING 11");
    assertThat(Scene.alerts(scene.all()).get(2).getEvidence())
        .contains("retracted by late evidence: good at 2026-01-01T12:00:05Z");
  }

  @Test
  void itIsNotRetractedIfItHasBeenBadForLongEnoughSince() {
    new Scene(TestRules.load(10, 0))
        .value(1, 95)
        .value(11, 95)
        .value(15, 95)
        .late(5, 50, 16)
        .tells()
        .holds(Reason.OUT_OF_ORDER);
  }

  @Test
  void aLateGoodMomentAfterItHadFiredChangesNothing() {
    new Scene(TestRules.load(1, 0))
        .value(1, 95)
        .value(2, 95)
        .value(5, 95)
        .late(4, 50, 6)
        .tells()
        .holds(Reason.OUT_OF_ORDER);
  }

  @Test
  void aLateBadMomentMakesItClearAnew() {
    new Scene(TestRules.load(0, 10))
        .value(1, 95)
        .value(2, 50)
        .value(8, 50)
        .late(6, 95, 9)
        .tells()
        .value(12, 50)
        .tells()
        .value(18, 50)
        .tells("CLEARED 1");
  }

  @Test
  void whatComesLateDoesNotEndWhatItDoesNotTouch() {
    new Scene(TestRules.load(10, 0))
        .value(0, 50)
        .value(5, 95)
        .late(4, 50, 6)
        .tells()
        .value(15, 95)
        .tells("FIRING 5");
  }
}
