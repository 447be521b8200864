package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EveryTest {

  private static final Instant NOON = Examples.NOON;

  private final Every tenSeconds = new Every(Duration.ofSeconds(10), Duration.ofSeconds(1));

  @Test
  void theFirstPassIsOne() {
    assertThat(tenSeconds.due(NOON)).isTrue();
    assertThat(tenSeconds.due(NOON.plusSeconds(1))).isFalse();
  }

  @Test
  void aPassThatIsALittleEarlyCounts() {
    tenSeconds.due(NOON);

    assertThat(tenSeconds.due(NOON.plusMillis(9_000))).isFalse();
    assertThat(tenSeconds.due(NOON.plusMillis(9_990))).isTrue();
    assertThat(tenSeconds.due(NOON.plusMillis(19_000))).isFalse();
    assertThat(tenSeconds.due(NOON.plusMillis(20_020))).isTrue();
  }

  @Test
  void aClockThatWasSetBackDoesNotStopIt() {
    tenSeconds.due(NOON);

    assertThat(tenSeconds.due(NOON.minusSeconds(3_600))).isTrue();
    assertThat(tenSeconds.due(NOON.minusSeconds(3_599))).isFalse();
  }

  @Test
  void thatOfThePassesIsEveryOne() {
    Every pass = new Every(Duration.ofSeconds(1), Duration.ofSeconds(1));

    assertThat(pass.due(NOON)).isTrue();
    assertThat(pass.due(NOON.plusMillis(990))).isTrue();
  }
}
