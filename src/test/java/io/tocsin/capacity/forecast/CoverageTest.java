package io.tocsin.capacity.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.SeasonalFleet;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise: of what comes, 90 % lies within. Judged on a week that was held back, or as much of
 * it as can be forecast.
 */
class CoverageTest {

  private static final Forecaster FORECASTER =
      new Forecaster(ForecastSettings.defaults(ZoneOffset.UTC));
  private static final int WEEK = 7 * 24;

  @ParameterizedTest
  @CsvSource({"1, 42", "2, 42", "3, 42", "4, 14", "5, 21", "6, 30"})
  void ninetyPercentIntervalsHoldWhatComes(long seed, int days) {
    double within = 0;
    double known = 0;
    double own = 0;
    List<ResourceSeries> fleet = SeasonalFleet.of(seed, 60, days + 7);
    for (ResourceSeries whole : fleet) {
      double[] all = whole.of(Figure.CPU_PERCENT);
      double[] past = Arrays.copyOf(all, all.length - WEEK);
      ResourceSeries seen =
          new ResourceSeries(
              whole.id(),
              whole.kind(),
              whole.service(),
              whole.host(),
              whole.start(),
              Duration.ofHours(1),
              Map.of(Figure.CPU_PERCENT, past));
      Forecast forecast = (Forecast) FORECASTER.forecast(seen, Figure.CPU_PERCENT);
      own += forecast.accuracy().coverage() / fleet.size();
      for (int i = 0; i < forecast.point().length; i++) {
        double actual = all[past.length + i];
        if (!Double.isNaN(actual)) {
          known++;
          within += actual >= forecast.lower()[i] && actual <= forecast.upper()[i] ? 1 : 0;
        }
      }
    }
    assertThat(within / known).as("held-back coverage, seed %d", seed).isBetween(0.85, 0.95);
    assertThat(own)
        .as("coverage it says of itself, seed %d", seed)
        .isCloseTo(within / known, Offset.offset(0.04));
  }
}
