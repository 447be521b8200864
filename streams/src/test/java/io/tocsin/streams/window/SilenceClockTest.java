package io.tocsin.streams.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceClockTest {

  private static final long NOW = 1_000_000_000;

  private final SilenceClock clock = new SilenceClock(NOW);

  @Test
  void timeDuringWhichTheTaskDidNotRunIsNoSilence() {
    assertThat(clock.silence(NOW - 3_600_000, NOW + 2_000)).isEqualTo(2_000);
  }

  @Test
  void timeSpentCatchingUpIsNoSilence() {
    for (long wall = NOW; wall <= NOW + 20_000; wall += 500) {
      clock.read(wall - 120_000, wall);
      clock.tick(wall);
    }
    assertThat(clock.silence(NOW, NOW + 20_000)).isZero();
  }

  @Test
  void silenceCountsWhileOthersAreHeard() {
    for (long wall = NOW; wall <= NOW + 20_000; wall += 500) {
      clock.read(wall - 30_000, wall);
      clock.tick(wall);
    }
    assertThat(clock.silence(NOW, NOW + 20_000)).isEqualTo(20_000);
  }

  @Test
  void silenceCountsWhereNothingIsLeftToRead() {
    clock.read(NOW - 3_600_000, NOW);
    clock.tick(NOW + 2_000);
    assertThat(clock.silence(NOW, NOW + 20_000)).isEqualTo(20_000);
  }
}
