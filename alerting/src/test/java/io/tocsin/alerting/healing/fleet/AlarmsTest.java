package io.tocsin.alerting.healing.fleet;

import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlarmsTest {

  private final Alarms alarms = new Alarms();

  @Test
  void theNewestWordOfAnEpisodeHolds() {
    assertThat(alarms.accept(alert("a", "health", AlertState.FIRING, NOON.plusSeconds(1))))
        .isTrue();
    assertThat(alarms.accept(alert("a", "health", AlertState.PENDING, NOON))).isFalse();
    assertThat(alarms.of("a").orElseThrow().state()).isEqualTo(AlertState.FIRING);
    assertThat(alarms.of("a").orElseThrow().isAboutProbes()).isTrue();
    assertThat(alarms.of("")).isEmpty();
  }

  @Test
  void aShadowSaysNothing() {
    Alert shadow = alert("a", "health", AlertState.FIRING, NOON);
    shadow.setShadow(true);
    assertThat(alarms.accept(shadow)).isFalse();
    assertThat(alarms.of("a")).isEmpty();
  }

  @Test
  void theNewestEpisodeOfARuleIsFoundByWhatItSpeaksOf() {
    alarms.accept(alert("a", "latency", AlertState.CLEARED, NOON));
    Alert later = alert("b", "latency", AlertState.FIRING, NOON.plusSeconds(5));
    later.setSince(NOON.plusSeconds(4));
    later.setResourceId("endpoint/path");
    later.setFaultyEnd(SHOP);
    alarms.accept(later);
    assertThat(alarms.newest("shop-leaks", SHOP).orElseThrow().id()).isEqualTo("b");
    assertThat(alarms.newest("other", SHOP)).isEmpty();
  }

  @Test
  void whatIsOverIsForgottenADayLater() {
    alarms.accept(alert("a", "health", AlertState.CLEARED, NOON));
    alarms.accept(alert("b", "health", AlertState.FIRING, NOON));
    alarms.forget(NOON.plus(Duration.ofHours(25)));
    assertThat(alarms.of("a")).isEmpty();
    assertThat(alarms.of("b")).isPresent();
  }
}
