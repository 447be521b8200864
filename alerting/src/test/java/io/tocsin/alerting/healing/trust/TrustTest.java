package io.tocsin.alerting.healing.trust;

import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.schemas.HealOutcome;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustTest {

  private final Trust trust = new Trust(0.8, id -> id.substring(0, id.indexOf('/')));
  private int plans;

  private void ended(HealOutcome outcome, int times) {
    for (int i = 0; i < times; i++) {
      trust.add(result("plan-" + plans++, outcome, NOON.plusSeconds(plans)));
    }
  }

  private Trust.Standing standing() {
    return trust.standing("", "restart-shop", HealExamples.SHOP);
  }

  @Test
  void whatIsNewIsTrusted() {
    assertThat(standing().isTrusted()).isTrue();
    assertThat(standing().upper()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"FAILED", "NOT_VERIFIED", "UNKNOWN"})
  void anActionThatFailsLosesTrustWithinFiveTries(HealOutcome failure) {
    ended(failure, 3);
    assertThat(standing().isTrusted()).isTrue();
    ended(failure, 2);
    assertThat(standing().isTrusted()).isFalse();
  }

  @Test
  void oneThatHelpsNineTimesInTenKeepsIt() {
    for (int round = 0; round < 30; round++) {
      ended(HealOutcome.FAILED, 1);
      ended(HealOutcome.VERIFIED, 9);
      assertThat(standing().isTrusted()).isTrue();
    }
  }

  @Test
  void refusalsAreNoTriesAndResultsCountOnce() {
    ended(HealOutcome.REFUSED, 10);
    trust.add(result("x", HealOutcome.FAILED, NOON));
    trust.add(result("x", HealOutcome.FAILED, NOON));
    assertThat(standing().tries()).isEqualTo(1);
  }

  @Test
  void aPromotionBeginsAnew() {
    ended(HealOutcome.FAILED, 5);
    trust.promote("/restart-shop/endpoint", NOON.plusSeconds(5));
    assertThat(standing().isTrusted()).isTrue();
    assertThat(standing().tries()).isZero();
    ended(HealOutcome.FAILED, 4);
    assertThat(standing().isTrusted()).isFalse();
    assertThat(trust.table()).containsExactly(standing());
  }

  @Test
  void zeroSwitchesItOff() {
    Trust never = new Trust(0, id -> "");
    for (int i = 0; i < 50; i++) {
      never.add(result("p" + i, HealOutcome.FAILED, NOON));
    }
    assertThat(never.standing("", "restart-shop", "x/y").isTrusted()).isTrue();
  }

  /** 81 of 263 is the example of R. Newcombe, Statistics in Medicine 17 (1998), 857–872. */
  @ParameterizedTest
  @CsvSource({"0, 10, 0.2775", "5, 10, 0.7634", "10, 10, 1.0", "81, 263, 0.3662"})
  void theBoundIsWilsons(int helped, int tries, double upper) {
    assertThat(Wilson.upper(helped, tries)).isCloseTo(upper, within(0.0001));
  }

  @Property
  void theBoundIsNeverBelowTheShareAndComesCloserWithMoreTries(
      @ForAll @IntRange(min = 0, max = 50) int helped,
      @ForAll @IntRange(min = 0, max = 50) int failed) {
    int tries = helped + failed;
    double upper = Wilson.upper(helped, tries);
    assertThat(upper).isBetween(tries == 0 ? 0 : (double) helped / tries, 1.0);
    assertThat(Wilson.upper(10 * helped, 10 * tries)).isLessThanOrEqualTo(upper + 1e-9);
  }
}
