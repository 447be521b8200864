package io.tocsin.alerting.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.rules.Condition;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.rules.Selector;
import io.tocsin.alerting.rules.Truth;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From observations to what people are told, where a service comes and goes. */
class SixtyFlipsTest {

  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  /** Shares of the minute in which it is down. */
  @ParameterizedTest
  @CsvSource({"30, P0", "30, P3", "10, P0", "50, P1"})
  void sixtyFlipsAnHourAreOnePageAndOneSummary(int secondsDown, Priority priority) {
    Replay replay =
        new Replay(RuleSet.of(List.of(down(priority))), HealPolicies.NONE, alert -> alert, START);
    for (int second = 0; second < 3 * 3_600; second += 10) {
      boolean isDown = second < 3_600 && second % 60 < secondsDown;
      Instant at = START.plusSeconds(second);
      replay.advanceTo(at);
      replay.observe(health(at, isDown));
    }
    List<Notification> sent = replay.log().sent();
    assertThat(sent)
        .extracting(Notification::getKind)
        .containsExactly(
            NotificationKind.PAGE, NotificationKind.RESOLVED, NotificationKind.SUMMARY);
    assertThat(replay.log().incidents().values())
        .singleElement()
        .satisfies(incident -> assertThat(incident.getState()).isEqualTo(IncidentState.RESOLVED));
  }

  private static Observation health(Instant at, boolean isDown) {
    Fields fields = name -> name.equals("down") ? (Object) isDown : null;
    return new Observation(
        SignalKind.HEALTH,
        "endpoint/shop",
        ResourceKind.ENDPOINT,
        "",
        "shop",
        Tier.CORE,
        Map.of(),
        at,
        at,
        60_000,
        fields);
  }

  private static Rule down(Priority priority) {
    Condition when =
        new Condition() {
          @Override
          public Truth of(Fields fields) {
            return Truth.of(Boolean.TRUE.equals(fields.get("down")));
          }

          @Override
          public String text() {
            return "down";
          }

          @Override
          public String field() {
            return "down";
          }
        };
    return new Rule(
        "service-down",
        "1",
        null,
        SignalKind.HEALTH,
        Selector.ALL,
        new Derivation.None(),
        when,
        Duration.ZERO,
        null,
        Duration.ZERO,
        0,
        priority,
        Layer.APPLICATION,
        "it is down",
        null,
        Map.of(),
        List.of());
  }
}
