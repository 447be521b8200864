package io.tocsin.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantileTest {

  @Test
  void aQuantileLiesBetweenItsNeighbours() {
    assertThat(Quantile.of(new double[] {4, 1, 3, 2}, 0.5)).isEqualTo(2.5);
    assertThat(Quantile.of(new double[] {4, 1, 3, 2}, 0)).isEqualTo(1);
    assertThat(Quantile.of(new double[] {4, 1, 3, 2}, 1)).isEqualTo(4);
  }

  @Test
  void whatIsNotKnownDoesNotCount() {
    assertThat(Quantile.median(new double[] {Double.NaN, 7, Double.NaN})).isEqualTo(7);
    assertThat(Quantile.median(new double[] {Double.NaN})).isNaN();
    assertThat(Quantile.mean(new double[0])).isNaN();
  }
}
