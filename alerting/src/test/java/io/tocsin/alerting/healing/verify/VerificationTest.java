package io.tocsin.alerting.healing.verify;

import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.RESTART;
import static io.tocsin.alerting.healing.HealExamples.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final Verification BEGUN =
      Verification.begun(result("p", HealOutcome.EXECUTED, NOON), RESTART.verify());

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
}
