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
    for (long wall = NOW; wall <= NOW + 20_000; wall += 1_000) {
      read(200);
      clock.tick(wall, 5_000);
    }
    assertThat(clock.silence(NOW, NOW + 20_000)).isZero();
  }

  @Test
  void silenceCountsWhileOthersAreHeardAndNoMoreWaitsThanASecondBrings() {
    for (long wall = NOW; wall <= NOW + 20_000; wall += 1_000) {
      read(200);
      clock.tick(wall, 150);
    }
    assertThat(clock.silence(NOW, NOW + 20_000)).isEqualTo(20_000);
  }

  @Test
  void silenceCountsWhereNothingIsLeftToRead() {
    read(1);
    clock.tick(NOW + 2_000, 0);
    assertThat(clock.silence(NOW, NOW + 20_000)).isEqualTo(20_000);
  }

  @Test
  void beforeTheFirstFetchNobodyIsSilentButNotForEver() {
    for (long wall = NOW; wall <= NOW + 14_000; wall += 1_000) {
      clock.tick(wall, -1);
    }
    assertThat(clock.silence(NOW, NOW + 14_000)).isZero();
    for (long wall = NOW + 15_000; wall <= NOW + 35_000; wall += 1_000) {
      clock.tick(wall, -1);
    }
    assertThat(clock.silence(NOW, NOW + 35_000)).isEqualTo(21_000);
  }

  private void read(int records) {
    for (int record = 0; record < records; record++) {
      clock.read();
    }
  }
}
