package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationTest {

  @ParameterizedTest
  @CsvSource({
    "CORE, 1, 1, P0, PT0S",
    "CORE, 3, 3, P0, PT0S",
    "CORE, 2, 3, P1, PT1H",
    "NON_CORE, 3, 3, P2, PT4H",
    "UNSPECIFIED, 1, 1, P2, PT4H"
  })
  void followsTheMission(Tier tier, int down, int known, Priority priority, Duration due) {
    Probe probe = Examples.probe(Health.DOWN, Examples.NOON);
    probe.setTier(tier);

    Classification found =
        Classification.of(rule(null), Signal.of(probe).with(new Share(down, known)));

    assertThat(found.priority()).isEqualTo(priority);
    assertThat(found.dueAt(Examples.NOON)).isEqualTo(Examples.NOON.plus(due));
    assertThat(found.reason()).contains("service shop", down + " of " + known);
  }

  @Test
  void aFixedPriorityHoldsWhateverHappened() {
    Signal signal = Signal.of(Examples.probe(Health.DOWN, Examples.NOON));
    assertThat(Classification.of(rule(Priority.P3), signal))
        .isEqualTo(new Classification(Priority.P3, "rule availability fixes P3"));
  }

  private static Rule rule(Priority fixed) {
    return new Rule(
        "availability", SignalKind.HEALTH, Duration.ZERO, Duration.ZERO, fixed, List.of());
  }
}
