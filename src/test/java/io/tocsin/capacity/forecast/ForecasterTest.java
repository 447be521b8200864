package io.tocsin.capacity.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.SeasonalFleet;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ForecasterTest {

  private static final int DAY = 24;
  private final Forecaster forecaster = new Forecaster(ForecastSettings.defaults(ZoneOffset.UTC));

  @Test
  void aDiskThatFillsSteadilyIsFullWhenItsLineMeetsTheCeiling() {
    Random noise = new Random(7);
    Forecast forecast = forecast(30, t -> 40 + t / 24.0 + 0.2 * noise.nextGaussian());

    // At 70 % after 30 days, and a point more each day: the 80 % of a CPU are ten days away.
    assertThat(forecast.full().likely().orElseThrow()).isBetween(9.5, 10.5);
    assertThat(forecast.full().earliest().orElseThrow())
        .isLessThanOrEqualTo(forecast.full().likely().orElseThrow());
    assertThat(forecast.full().isExtrapolated()).isTrue();
    assertThat(forecast.model()).contains("trend");
  }

  @Test
  void whatNeitherGrowsNorIsFullIsNotInSight() {
    Random noise = new Random(7);
    Forecast forecast = forecast(30, t -> 40 + noise.nextGaussian());

    assertThat(forecast.full().words()).isEqualTo("not in 90 d");
  }

  @Test
  void whatIsFullAlreadyIsFullNow() {
    Forecast forecast = forecast(30, t -> 95);

    assertThat(forecast.full().likely()).hasValue(0);
  }

  @Test
  void aDailyPeakIsForecastAtItsHour() {
    Forecast forecast = forecast(21, t -> t % DAY == 9 ? 70 : 20);

    assertThat(forecast.point()[9]).isEqualTo(70);
    assertThat(forecast.point()[10]).isEqualTo(20);
    assertThat(forecast.accuracy().meanAbsoluteError()).isZero();
    assertThat(forecast.accuracy().coverage()).isEqualTo(1);
  }

  @Test
  void theClockGoingForwardLeavesTheMorningPeakInTheMorning() {
    // Berlin goes forward on 29 March 2026, day 27 of the series: 9:00 is then 7:00 UTC, not 8:00.
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ForecastOutcome outcome =
        new Forecaster(ForecastSettings.defaults(berlin))
            .forecast(
                SeasonalFleet.series(
                    "vm/a", Figure.CPU_PERCENT, values(26, t -> t % DAY == 8 ? 70 : 20)),
                Figure.CPU_PERCENT);
    Forecast forecast = (Forecast) outcome;

    assertThat(forecast.point()[8]).isEqualTo(70);
    assertThat(forecast.point()[2 * DAY + 7]).isEqualTo(70);
    assertThat(forecast.point()[2 * DAY + 8]).isEqualTo(20);
  }

  @Test
  void aGapOfDaysIsSurvived() {
    Forecast forecast = forecast(30, t -> t > 200 && t < 300 ? Double.NaN : t % DAY == 9 ? 70 : 20);

    assertThat(forecast.point()[9]).isEqualTo(70);
    assertThat(Arrays.stream(forecast.upper()).anyMatch(Double::isNaN)).isFalse();
  }

  @Test
  void tooLittleHistoryIsSaidInsteadOfGuessed() {
    ForecastOutcome outcome = outcome(3, t -> 40);

    assertThat(outcome)
        .isEqualTo(
            new ForecastOutcome.None(
                "vm/a", Figure.CPU_PERCENT, "has 3.0 days of history; 7.0 are needed"));
  }

  @Test
  void sevenDaysAreEnoughAndAreTested() {
    Forecast forecast = forecast(7, t -> 30 + t % DAY);

    assertThat(forecast.point()).hasSize(42);
    assertThat(forecast.accuracy().steps()).isPositive();
  }

  @Test
  void theMostUrgentComesFirstAndThoseWithoutAForecastLast() {
    List<ForecastOutcome> ranked =
        forecaster.rank(
            List.of(
                series("vm/short", 2, t -> 99),
                series("vm/idle", 14, t -> 5),
                series("vm/full", 14, t -> 99)),
            Figure.FILLING);

    assertThat(ranked)
        .extracting(ForecastOutcome::id)
        .containsExactly("vm/full", "vm/idle", "vm/short");
  }

  private Forecast forecast(int days, IntToDoubleFunction value) {
    return (Forecast) outcome(days, value);
  }

  private ForecastOutcome outcome(int days, IntToDoubleFunction value) {
    return forecaster.forecast(
        SeasonalFleet.series("vm/a", Figure.CPU_PERCENT, values(days, value)), Figure.CPU_PERCENT);
  }

  private static ResourceSeries series(String id, int days, IntToDoubleFunction value) {
    return SeasonalFleet.series(id, Figure.CPU_PERCENT, values(days, value));
  }

  private static double[] values(int days, IntToDoubleFunction value) {
    double[] values = new double[days * DAY];
    Arrays.setAll(values, value);
    return values;
  }
}
