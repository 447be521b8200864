package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Quantile;
import io.tocsin.capacity.ResourceSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Forecasts by the model that would have been best on the series' own past, with an interval made
 * of the errors it would have made.
 */
public final class Forecaster {

  private final ForecastSettings settings;

  public Forecaster(ForecastSettings settings) {
    this.settings = settings;
  }

  /** Forecasts each figure that fills up and is known, the most urgent first. */
  public List<ForecastOutcome> rank(List<ResourceSeries> fleet, List<Figure> figures) {
    List<Supplier<ForecastOutcome>> questions = new ArrayList<>();
    for (ResourceSeries series : fleet) {
      for (Figure figure : figures) {
        if (series.has(figure)) {
          questions.add(() -> forecast(series, figure));
        }
      }
    }
    List<ForecastOutcome> all =
        new ArrayList<>(questions.parallelStream().map(Supplier::get).toList());
    all.sort(
        Comparator.comparingDouble((ForecastOutcome outcome) -> urgency(outcome, true))
            .thenComparingDouble(outcome -> urgency(outcome, false))
            .thenComparing(ForecastOutcome::id)
            .thenComparing(ForecastOutcome::figure));
    return all;
  }

  private static double urgency(ForecastOutcome outcome, boolean likely) {
    if (outcome instanceof Forecast forecast) {
      TimeToFull full = forecast.full();
      return (likely ? full.likely() : full.earliest()).orElse(1e9);
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Forecasts one figure. */
  public ForecastOutcome forecast(ResourceSeries series, Figure figure) {
    Duration step = settings.step();
    double days = series.days(figure);
    double needed = days(settings.minimumHistory());
    if (days < needed) {
      return new ForecastOutcome.None(
          series.id(),
          figure,
          String.format(Locale.ROOT, "has %.1f days of history; %.1f are needed", days, needed));
    }
    double[] values = trimmed(series.coarser(figure, step));
    int aDay = (int) Duration.ofDays(1).dividedBy(step);
    int horizon = (int) Math.min(settings.horizon().dividedBy(step), values.length / 4);
    int reach = (int) Math.max(horizon, settings.lookAhead().dividedBy(step));
    Instant from = from(series, figure);
    Instant start = from.minus(step.multipliedBy(values.length));
    Season daily = Season.daily(start, step, values.length + reach, settings.zone());
    Season weekly = Season.weekly(start, step, values.length + reach, settings.zone());
    List<Model> models =
        List.of(
            new Level(aDay),
            new SeasonalMedian(daily),
            new SeasonalMedian(weekly),
            new SeasonalTrend(daily, aDay),
            new SeasonalTrend(weekly, aDay),
            new HoltWinters(daily));
    Backtest backtest = new Backtest(models, values, horizon, aDay, settings);
    Model model = backtest.model();
    if (model == null) {
      return new ForecastOutcome.None(
          series.id(), figure, "has gaps in all that a forecast could be tested on");
    }
    double[] point = model.predict(values, values.length, reach);
    fill(point);
    double[] lower = new double[reach];
    double[] upper = new double[reach];
    Band band = backtest.band();
    // There is nothing beyond all of it; measured shares reach 105 % where clocks of two sides
    // differ.
    double most =
        Math.max(100, Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0));
    for (int i = 0; i < reach; i++) {
      point[i] = Math.min(most, Math.max(0, point[i]));
      lower[i] = Math.max(0, point[i] + band.below(i));
      upper[i] = Math.min(most, point[i] + band.above(i));
    }
    double ceiling = settings.ceilings().getOrDefault(figure, 90.0);
    TimeToFull full =
        new TimeToFull(
            ceiling,
            reaches(upper, ceiling, aDay),
            reaches(point, ceiling, aDay),
            reaches(lower, ceiling, aDay),
            (double) reach / aDay,
            (double) horizon / aDay);
    return new Forecast(
        series.id(),
        series.service(),
        figure,
        from,
        step,
        values,
        Arrays.copyOf(point, horizon),
        Arrays.copyOf(lower, horizon),
        Arrays.copyOf(upper, horizon),
        settings.level(),
        model.name(),
        backtest.accuracy(),
        full);
  }

  /** Where nothing is known of a place in the season, as usual otherwise. */
  private static void fill(double[] point) {
    double usual = Quantile.median(point);
    for (int i = 0; i < point.length; i++) {
      point[i] = Double.isNaN(point[i]) ? usual : point[i];
    }
  }

  private static OptionalDouble reaches(double[] values, double ceiling, int aDay) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= ceiling) {
        return OptionalDouble.of((double) i / aDay);
      }
    }
    return OptionalDouble.empty();
  }

  /** Without gaps at either end, which would only be steps of nothing. */
  private static double[] trimmed(double[] values) {
    int from = 0;
    int to = values.length;
    while (from < to && Double.isNaN(values[from])) {
      from++;
    }
    while (to > from && Double.isNaN(values[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(values, from, to);
  }

  private Instant from(ResourceSeries series, Figure figure) {
    double[] values = series.coarser(figure, settings.step());
    int to = values.length;
    while (to > 0 && Double.isNaN(values[to - 1])) {
      to--;
    }
    long width = settings.step().toMillis();
    long first = Math.floorDiv(series.start().toEpochMilli(), width);
    return Instant.ofEpochMilli((first + to) * width);
  }

  private static double days(Duration duration) {
    return duration.toMillis() / 86_400_000.0;
  }
}
