package io.tocsin.alerting.healing.ledger;

import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final HealResult INTENT = result("p", HealOutcome.INTENT, NOON);
  private static final HealResult EXECUTED = result("p", HealOutcome.EXECUTED, NOON.plusSeconds(2));
  private static final HealResult VERIFIED = result("p", HealOutcome.VERIFIED, NOON.plusSeconds(5));

  @Test
  void knowsWhatIsUnderWay() {
    assertThat(Ledger.of(List.of(INTENT)).underWay(SHOP)).contains(INTENT);
    assertThat(Ledger.of(List.of(INTENT, EXECUTED)).underWay(SHOP)).contains(EXECUTED);
    assertThat(Ledger.of(List.of(INTENT, EXECUTED, VERIFIED)).underWay(SHOP)).isEmpty();
    assertThat(Ledger.of(List.of(INTENT)).underWay("endpoint/till")).isEmpty();
  }

  @Test
  void resultsMayComeTwiceAndInAnyOrder() {
    Ledger shuffled = Ledger.of(List.of(VERIFIED, INTENT, EXECUTED, INTENT, VERIFIED));
    assertThat(shuffled.latest("p")).contains(VERIFIED);
    assertThat(shuffled.unfinished()).isEmpty();
    assertThat(shuffled.size()).isEqualTo(1);
    assertThat(shuffled.attemptsAfter(SHOP, NOON.minusMillis(1))).isEqualTo(1);
  }

  @Test
  void attemptsCountFromTheIntentAndRestFromTheEnd() {
    Ledger ledger = Ledger.of(List.of(INTENT, EXECUTED, VERIFIED));
    assertThat(ledger.attemptsAfter(SHOP, NOON.minusMillis(1))).isEqualTo(1);
    assertThat(ledger.attemptsAfter(SHOP, NOON)).isZero();
    assertThat(ledger.lastAction(SHOP)).contains(EXECUTED.getAt());
  }

  @Test
  void aRefusalIsKnownButNoAction() {
    Ledger ledger = Ledger.of(List.of(result("p", HealOutcome.REFUSED, NOON)));
    assertThat(ledger.knows("p")).isTrue();
    assertThat(ledger.lastAction(SHOP)).isEqualTo(Optional.empty());
  }

  @Test
  void listsWhatACrashLeftOpen() {
    HealResult other = result("q", HealOutcome.INTENT, NOON);
    assertThat(Ledger.of(List.of(INTENT, EXECUTED, other)).unfinished())
        .containsExactly(EXECUTED, other);
  }

  @Test
  void forgetsOnlyWhatIsOverAndOld() {
    Ledger ledger =
        Ledger.of(List.of(INTENT, EXECUTED, VERIFIED, result("q", HealOutcome.INTENT, NOON)));
    ledger.forgetBefore(VERIFIED.getAt());
    assertThat(ledger.size()).isEqualTo(2);
    ledger.forgetBefore(VERIFIED.getAt().plusMillis(1));
    assertThat(ledger.knows("p")).isFalse();
    assertThat(ledger.knows("q")).isTrue();
    assertThat(ledger.lastAction(SHOP)).contains(NOON);
  }
}
