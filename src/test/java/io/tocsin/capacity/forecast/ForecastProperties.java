package io.tocsin.capacity.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.SeasonalFleet;
import java.time.ZoneOffset;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ForecastProperties {

  private final Forecaster forecaster = new Forecaster(ForecastSettings.defaults(ZoneOffset.UTC));

  /** Whatever was measured, gaps and jumps included, what is said makes sense. */
  @Property(tries = 60)
  void anIntervalHoldsItsForecastAndNothingIsUnknownOrNegative(
      @ForAll long seed, @ForAll @IntRange(min = 100, max = 900) int length) {
    ForecastOutcome outcome =
        forecaster.forecast(
            SeasonalFleet.series("vm/a", Figure.CPU_PERCENT, rough(seed, length)),
            Figure.CPU_PERCENT);
    if (outcome instanceof Forecast forecast) {
      for (int i = 0; i < forecast.point().length; i++) {
        assertThat(forecast.lower()[i]).isBetween(0.0, forecast.point()[i]);
        assertThat(forecast.upper()[i]).isBetween(forecast.point()[i], 1e6);
      }
    } else {
      assertThat(((ForecastOutcome.None) outcome).reason()).startsWith("has ");
    }
  }

  private static double[] rough(long seed, int length) {
    Random random = new Random(seed);
    double[] values = new double[length];
    double level = 20;
    boolean isGap = false;
    for (int i = 0; i < length; i++) {
      level = random.nextInt(40) == 0 ? 100 * random.nextDouble() : level;
      isGap = random.nextInt(30) == 0 ? !isGap : isGap && random.nextInt(20) != 0;
      values[i] = isGap ? Double.NaN : Math.max(0, level + 3 * random.nextGaussian());
    }
    return values;
  }
}
