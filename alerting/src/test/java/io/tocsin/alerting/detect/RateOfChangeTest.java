package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RateOfChangeTest {

  private static final Instant START = Instant.parse("2022-08-22T04:00:00Z");

  private final RateOfChange rate = new RateOfChange(Duration.ofMinutes(10), 100);

  @Property
  void theSlopeOfALineIsFoundThroughSymmetricNoise(
      @ForAll @DoubleRange(min = -50, max = 50) double slope,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double start) {
    Optional<Double> found = Optional.empty();
    RateOfChange.State state = RateOfChange.State.empty();
    for (int i = 0; i <= 20; i++) {
      double noise = i % 2 == 0 ? 1 : -1;
      RateOfChange.Judged judged =
          rate.update(state, START.plusSeconds(30L * i), start + slope * 30 * i + noise);
      state = judged.state();
      found = judged.perSecond();
    }
    assertThat(found.orElseThrow()).isCloseTo(slope, within(1e-3));
  }

  @Test
  void whatIsOlderThanTheSpanDoesNotCount() {
    RateOfChange.State state = RateOfChange.State.empty();
    Optional<Double> found = Optional.empty();
    Random random = new Random(1);
    for (int i = 0; i < 120; i++) {
      double value = i < 60 ? 1000 * random.nextDouble() : 7;
      RateOfChange.Judged judged = rate.update(state, START.plusSeconds(30L * i), value);
      state = judged.state();
      found = judged.perSecond();
    }
    assertThat(found.orElseThrow()).isZero();
    assertThat(state.values().values()).hasSize(21);
  }

  @Test
  void halfOfTheSpanHasToBeKnown() {
    RateOfChange.State state = RateOfChange.State.empty();
    for (int i = 0; i < 10; i++) {
      RateOfChange.Judged judged = rate.update(state, START.plusSeconds(30L * i), i);
      state = judged.state();
      assertThat(judged.perSecond()).isEmpty();
    }
    assertThat(rate.update(state, START.plusSeconds(300), 10).perSecond()).isPresent();
  }

  @Test
  void noNumberAndNothingNewChangeNothing() {
    RateOfChange.State state = rate.update(RateOfChange.State.empty(), START, 1).state();
    assertThat(rate.update(state, START.plusSeconds(1), Double.NaN).state()).isEqualTo(state);
    assertThat(rate.update(state, START, 5).state()).isEqualTo(state);
  }

  @Test
  void pointsAreBounded() {
    RateOfChange small = new RateOfChange(Duration.ofMinutes(10), 5);
    RateOfChange.State state = RateOfChange.State.empty();
    for (int i = 0; i < 50; i++) {
      state = small.update(state, START.plusSeconds(i), i).state();
    }
    assertThat(state.values().values()).containsExactly(45, 46, 47, 48, 49);
  }

  @Test
  void aSpanOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateOfChange(Duration.ZERO, 5));
  }
}
