package io.tocsin.capacity.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class DecayingPercentileProperties {

  private static final Duration STEP = Duration.ofHours(1);

  @Property(tries = 200)
  void itIsOneOfTheValuesAndRisesWithItsShare(
      @ForAll @Size(min = 1, max = 60) double[] values,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    double some = DecayingPercentile.of(values, STEP, Duration.ofHours(5), share);

    assertThat(Arrays.stream(values).anyMatch(value -> value == some)).isTrue();
    assertThat(DecayingPercentile.of(values, STEP, Duration.ofHours(5), 1))
        .isGreaterThanOrEqualTo(some);
  }

  @Property(tries = 100)
  void withoutAHalfLifeItIsTheNearestRank(@ForAll @Size(min = 1, max = 60) double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();

    assertThat(DecayingPercentile.of(values, STEP, null, 0.5))
        .isEqualTo(sorted[(int) Math.ceil(sorted.length * 0.5) - 1]);
  }

  @Example
  void afterAHalfLifeAValueCountsHalf() {
    // Weights 1/2 and 1: the old value is a third of all.
    double[] oldHighNewLow = {10, 1};

    assertThat(DecayingPercentile.of(oldHighNewLow, STEP, STEP, 0.66)).isEqualTo(1);
    assertThat(DecayingPercentile.of(oldHighNewLow, STEP, STEP, 0.67)).isEqualTo(10);
  }

  @Example
  void gapsLetTimePassAndCountForNothing() {
    double[] values = {10, Double.NaN, Double.NaN, 1};

    assertThat(DecayingPercentile.of(values, STEP, STEP, 0.88)).isEqualTo(1);
    assertThat(DecayingPercentile.of(values, STEP, STEP, 0.90)).isEqualTo(10);
    assertThat(DecayingPercentile.of(new double[] {Double.NaN}, STEP, STEP, 0.5)).isNaN();
  }
}
