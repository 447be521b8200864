package io.tocsin.alerting.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.rules.RuleSet;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ReplayStopTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aReplayEndsWhenItsThreadIsInterrupted() {
    Replay replay = new Replay(RuleSet.EMPTY, HealPolicies.NONE, alert -> alert, NOON);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> replay.advanceTo(NOON.plusSeconds(60)))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
