package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbsenceTest {

  @Test
  void whenAllProducersStopItFiresWithinThreeIntervalsAndASecond() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 10_000);
    for (int second = 1; second <= 61; second += 10) {
      scene.value(second, 50);
    }
    scene.clock(91.4).tells().clock(92).tells("FIRING 61");
    assertThat(scene.alert().getUnavailable()).isTrue();
    assertThat(scene.alert().getSignal()).isEqualTo("absence");
    assertThat(scene.alert().getValue()).isEqualTo(3);
  }

  @Test
  void whatWasNeverSeenIsMissedAfterItsRegistration() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 10_000);
    scene.clock(60).tells().clock(61).tells("FIRING -1");
  }

  @Test
  void theFirstSignOfLifeEndsIt() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 10_000).clock(61);
    scene.value(100, 50).tells("CLEARED -1").value(110, 50).tells();
    scene.clock(140.4).tells().clock(141).tells("FIRING 110");
  }

  @Test
  void anyKindOfObservationIsASignOfLife() {
    new Scene(TestRules.absent(), TestRules.down(0, 0))
        .inventory(0, 10_000)
        .value(5, 50)
        .up(30, true)
        .clock(60)
        .tells("UNKNOWN 30")
        .clock(61)
        .tells("FIRING 30");
  }

  @Test
  void theLastWordOfAnOldWindowIsNoSignOfLife() {
    new Scene(TestRules.absent())
        .inventory(0, 1_000)
        .value(5, 50)
        .window(4.9, 50, true, 7)
        .clock(8.4)
        .tells()
        .clock(9)
        .tells("FIRING 5");
  }

  @Test
  void whatIsNotExpectedIsNotMissed() {
    new Scene(TestRules.absent()).inventory(0, 0).value(1, 50).clock(86_400).tells();
  }

  @Test
  void whatIsNoLongerExpectedIsNoLongerMissed() {
    new Scene(TestRules.absent())
        .inventory(0, 1_000)
        .value(1, 50)
        .clock(10)
        .tells("FIRING 1")
        .inventory(11, 0)
        .tells("CLEARED 1");
  }

  @Test
  void theEndInTheInventoryEndsIt() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 1_000).value(1, 50).clock(10);
    scene.gone(11).tells("CLEARED 1");
    assertThat(scene.store().isEmpty()).isTrue();
  }

  @Test
  void afterAStartNothingIsMissedThatIsHeardInTime() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 10_000).value(1, 50).start(7_200);
    scene.lateTimer(7_200).tells().holds(Reason.SETTLING);
    scene.clock(7_215).tells().value(7_216, 50).tells().clock(7_246).tells();
    scene.clock(7_247).tells("FIRING 7216");
  }

  @Test
  void afterAStartWhatStaysSilentIsMissed() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 10_000).value(1, 50).start(7_200);
    scene.lateTimer(7_200).clock(7_220.4).tells().clock(7_221).tells("FIRING 1");
  }

  @Test
  void aRuleThatIsAddedLaterMissesWhatIsSilentAlready() {
    new Scene().inventory(0, 10_000).value(1, 50).rules(100, TestRules.absent()).tells("FIRING 1");
  }

  @Test
  void aRuleThatIsAddedIsLateByHalfAMinuteAtMost() {
    new Scene()
        .inventory(0, 60_000)
        .value(100, 50)
        .rules(101, TestRules.absent())
        .clock(280.4)
        .tells()
        .clock(311)
        .tells("FIRING 100");
  }

  @Test
  void aTimerThatWasLostIsAskedForAgain() {
    Scene scene = new Scene(TestRules.absent()).inventory(0, 10_000).value(1, 50);
    scene.store().takeTimer();
    scene.value(50, 50).clock(80.4).tells().clock(81).tells("FIRING 50");
  }
}
