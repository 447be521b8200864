package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.PathStatistics;
import org.junit.jupiter.api.Test;

class BurstTest {

  private static Burst sent(int size) {
    Burst burst = new Burst(size);
    burst.clear();
    for (int i = 0; i < size; i++) {
      burst.send(i * 10_000_000L);
    }
    return burst;
  }

  @Test
  void theFiguresAreThoseWorkedOutByHand() {
    Burst burst = sent(5);
    long[] micros = {300, 100, 200, -1, 500};
    for (int i = 0; i < 5; i++) {
      if (micros[i] >= 0) {
        assertThat(burst.receive(i, i * 10_000_000L + micros[i] * 1_000)).isTrue();
      }
    }
    PathStatistics figures = burst.statistics(1.5);

    assertThat(figures.getSent()).isEqualTo(5);
    assertThat(figures.getReceived()).isEqualTo(4);
    assertThat(figures.getMinUs()).isEqualTo(100);
    assertThat(figures.getMeanUs()).isEqualTo(275);
    assertThat(figures.getP50Us()).isEqualTo(200);
    assertThat(figures.getP90Us()).isEqualTo(500);
    assertThat(figures.getMaxUs()).isEqualTo(500);
    // |100-300|, |200-100|, |500-200|, over three.
    assertThat(figures.getJitterUs()).isEqualTo(200);
    assertThat(figures.getReordered()).isZero();
    assertThat(figures.getThroughputBytesPerSecond()).isEqualTo(1.5);
    assertThat(burst.lossPercent()).isEqualTo(20.0);
  }

  @Test
  void eachAnswerThatOvertookAnEarlierOneIsReordered() {
    Burst burst = sent(4);
    for (int sequence : new int[] {1, 2, 0, 3}) {
      burst.receive(sequence, 1_000_000_000);
    }
    assertThat(burst.statistics(null).getReordered()).isEqualTo(2);
  }

  @Test
  void anAnswerToWhatWasNotSentIsNotTaken() {
    Burst burst = new Burst(2);
    burst.clear();
    burst.send(0);
    assertThat(burst.receive(1, 1)).isFalse();
    assertThat(burst.received()).isZero();
  }

  @Test
  void aNewPassKnowsNothingOfTheLast() {
    Burst burst = sent(2);
    burst.receive(0, 5);
    burst.clear();
    assertThat(burst.statistics(null)).isNull();
    burst.send(0);
    assertThat(burst.statistics(null).getReceived()).isZero();
    assertThat(burst.lossPercent()).isEqualTo(100);
  }
}
