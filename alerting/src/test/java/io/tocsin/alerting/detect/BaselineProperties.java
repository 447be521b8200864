package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BaselineProperties {

  private static final int VALUES = 600;

  private final Baseline baseline = new Baseline(BaselineSettings.DEFAULT);

  @Property(tries = 60)
  void anotherUnitAndAnotherZeroGiveTheSameJudgements(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double factor,
      @ForAll @DoubleRange(min = -1000, max = 1000) double offset,
      @ForAll boolean isUpsideDown) {
    double[] values = series(seed);
    double sign = isUpsideDown ? -factor : factor;
    BaselineState plain = BaselineState.empty();
    BaselineState scaled = BaselineState.empty();
    for (int i = 0; i < values.length; i++) {
      Baseline.Judged one = baseline.update(plain, at(i), values[i]);
      Baseline.Judged other = baseline.update(scaled, at(i), sign * values[i] + offset);
      plain = one.state();
      scaled = other.state();
      assertThat(other.finding().isPresent()).isEqualTo(one.finding().isPresent());
      if (one.finding().isPresent()) {
        Finding expected = one.finding().get();
        Finding found = other.finding().get();
        assertThat(found.surprise())
            .isCloseTo(expected.surprise(), within(1e-6 * (1 + expected.surprise())));
        assertThat(found.isAlarm()).isEqualTo(expected.isAlarm());
        if (expected.isAlarm()) {
          assertThat(found.view()).isEqualTo(expected.view());
          assertThat(found.isHigh()).isEqualTo(expected.isHigh() != isUpsideDown);
        }
      }
    }
  }

  @Property(tries = 30)
  void aStateIsNotChangedByWhatFollows(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = VALUES - 1) int from) {
    double[] values = series(seed);
    BaselineState state = BaselineState.empty();
    for (int i = 0; i < from; i++) {
      state = baseline.update(state, at(i), values[i]).state();
    }
    Baseline.Judged first = baseline.update(state, at(from), values[from]);
    BaselineState later = first.state();
    for (int i = from + 1; i < VALUES; i++) {
      later = baseline.update(later, at(i), values[i]).state();
    }
    assertThat(baseline.update(state, at(from), values[from])).isEqualTo(first);
  }

  /** Noise, bursts, a change of level and missing values, no two seeds alike. */
  private static double[] series(long seed) {
    Random random = new Random(seed);
    int change = random.nextInt(VALUES);
    double[] values = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] =
          random.nextGaussian()
              + (i > change ? 5 : 0)
              + (random.nextInt(100) == 0 ? 20 * random.nextDouble() : 0);
    }
    return values;
  }

  private static Instant at(int index) {
    // Not a whole number of steps to an hour, with a gap now and then.
    return Instant.ofEpochSecond(1_392_336_000L + 290L * index + 4000L * (index / 200));
  }
}
