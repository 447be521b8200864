package io.tocsin.alerting.healing.verify;

import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.RESTART;
import static io.tocsin.alerting.healing.HealExamples.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.fleet.Alarm;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final Verification BEGUN =
      Verification.begun(
          result("p", HealOutcome.EXECUTED, NOON), RESTART.verify(), Verify.Signal.PROBES);

  private static Instant at(long ms) {
    return NOON.plusMillis(ms);
  }

  private static Verification seen(Verification from, Health health, long... ms) {
    Verification verification = from;
    for (long one : ms) {
      verification = verification.after(Examples.probe(health, at(one)));
    }
    return verification;
  }

  @Test
  void isVerifiedByEnoughHealthyProbesInARow() {
    assertThat(seen(BEGUN, Health.UP, 1).verdict(at(1))).isInstanceOf(Verdict.Pending.class);
    assertThat(seen(BEGUN, Health.UP, 1, 2).verdict(at(2))).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void probesFromBeforeTheEndOfTheActionProveNothing() {
    assertThat(seen(BEGUN, Health.UP, -5, -1, 0).healthy()).isZero();
  }

  @Test
  void repeatedAndLateProbesDoNotCount() {
    assertThat(seen(BEGUN, Health.UP, 5, 5, 4).healthy()).isEqualTo(1);
  }

  @Test
  void anythingButUpBeginsTheRowAnew() {
    Verification down = seen(seen(BEGUN, Health.UP, 1), Health.DOWN, 2);
    Verification unknown = seen(seen(BEGUN, Health.UP, 1), Health.UNKNOWN, 2);
    assertThat(down.healthy()).isZero();
    assertThat(unknown.healthy()).isZero();
  }

  @Test
  void otherResourcesDoNotCount() {
    Probe other = Examples.probe(Health.UP, at(1));
    other.setResourceId("endpoint/till");
    assertThat(BEGUN.after(other)).isEqualTo(BEGUN);
  }

  @Test
  void isOverAtTheDeadline() {
    Verification once = seen(BEGUN, Health.UP, 1);
    assertThat(once.verdict(at(9_999))).isInstanceOf(Verdict.Pending.class);
    assertThat(once.verdict(at(10_000)))
        .isInstanceOfSatisfying(
            Verdict.NotVerified.class,
            no -> assertThat(no.reason()).contains("1 of 2").contains("UP: answered 200"));
    assertThat(seen(once, Health.UP, 10_001).healthy()).isEqualTo(1);
    assertThat(seen(once, Health.UP, 10_000).verdict(at(10_000)))
        .isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void aWatchTakenUpAgainHasItsTimeAnew() {
    Verification resumed =
        Verification.resumed(
            result("p", HealOutcome.EXECUTED, NOON), RESTART.verify(), at(3_600_000));
    assertThat(resumed.verdict(at(3_609_999))).isInstanceOf(Verdict.Pending.class);
    assertThat(resumed.verdict(at(3_610_000))).isInstanceOf(Verdict.NotVerified.class);
    assertThat(seen(resumed, Health.UP, 3_600_001, 3_600_002).verdict(at(3_600_002)))
        .isInstanceOf(Verdict.Verified.class);
  }

  private static Verification watch(Verify.Signal by, int healthyForMs) {
    Verify verify = new Verify(by, 2, Duration.ofMillis(healthyForMs), Duration.ofSeconds(10));
    return Verification.begun(result("p", HealOutcome.EXECUTED, NOON), verify, by);
  }

  private static Alarm alarm(AlertState state, long ms) {
    return new Alarm("a", "shop-leaks", "endpoint/shop", "efficiency", state, NOON, at(ms));
  }

  @Test
  void hasToBeHealthyForAsLongAsItSays() {
    Verification two = seen(watch(Verify.Signal.PROBES, 500), Health.UP, 100, 200);
    assertThat(two.verdict(at(900))).isInstanceOf(Verdict.Pending.class);
    assertThat(seen(two, Health.UP, 599).verdict(at(900))).isInstanceOf(Verdict.Pending.class);
    assertThat(seen(two, Health.UP, 600).verdict(at(600))).isInstanceOf(Verdict.Verified.class);
    Verification broken = seen(seen(two, Health.DOWN, 300), Health.UP, 400, 700);
    assertThat(broken.verdict(at(700))).isInstanceOf(Verdict.Pending.class);
  }

  @Test
  void anAlertVerifiesWhenItHasClearedForLongEnough() {
    Verification cleared = watch(Verify.Signal.ALERT, 500).after(alarm(AlertState.CLEARED, 1_000));
    assertThat(cleared.verdict(at(1_499))).isInstanceOf(Verdict.Pending.class);
    assertThat(cleared.verdict(at(1_500))).isInstanceOf(Verdict.Verified.class);
    Verification again = cleared.after(alarm(AlertState.FIRING, 1_200));
    assertThat(again.verdict(at(9_999))).isInstanceOf(Verdict.Pending.class);
    assertThat(again.verdict(at(10_000)))
        .isInstanceOfSatisfying(
            Verdict.NotVerified.class, no -> assertThat(no.reason()).contains("FIRING"));
  }

  @Test
  void anUnknownAlertVerifiesNothing() {
    Verification unknown = watch(Verify.Signal.ALERT, 0).after(alarm(AlertState.UNKNOWN, 1_000));
    assertThat(unknown.verdict(at(10_000))).isInstanceOf(Verdict.NotVerified.class);
  }

  @Test
  void whereBothMaySpeakTheFirstProbeDecidesForProbes() {
    Verification any = watch(Verify.Signal.ANY, 0);
    assertThat(any.after(alarm(AlertState.CLEARED, 1)).verdict(at(1)))
        .isInstanceOf(Verdict.Verified.class);
    Verification down = seen(any, Health.DOWN, 1).after(alarm(AlertState.CLEARED, 2));
    assertThat(down.verdict(at(2))).isInstanceOf(Verdict.Pending.class);
    assertThat(seen(down, Health.UP, 3, 4).verdict(at(4))).isInstanceOf(Verdict.Verified.class);
  }
}
