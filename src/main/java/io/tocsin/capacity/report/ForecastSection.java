package io.tocsin.capacity.report;

import io.tocsin.capacity.forecast.Accuracy;
import io.tocsin.capacity.forecast.Forecast;
import io.tocsin.capacity.forecast.ForecastOutcome;
import io.tocsin.capacity.forecast.ForecastSettings;
import java.util.List;
import java.util.Locale;

/** When things are full. */
final class ForecastSection {

  private static final int CHARTS = 6;
  private static final int ROWS = 20;

  private ForecastSection() {}

  static void write(Page page, List<ForecastOutcome> outcomes, ForecastSettings settings) {
    List<Forecast> forecasts =
        outcomes.stream().filter(Forecast.class::isInstance).map(Forecast.class::cast).toList();
    page.element("h2", "Time to full");
    page.element(
        "p",
        String.format(
            Locale.ROOT,
            "Most urgent first. Grey is what was measured, blue what is expected, the band what "
                + "%.0f %% of the outcomes should lie in. Beside each stands how good such forecasts "
                + "were on this series' own past.",
            100 * settings.level()),
        "class",
        "soft");
    if (forecasts.isEmpty()) {
      page.element("p", "Nothing has enough history for a forecast.");
    }
    page.open("div", "class", "charts");
    for (Forecast forecast : forecasts.subList(0, Math.min(CHARTS, forecasts.size()))) {
      page.open("div", "class", "chart");
      page.element("h3", forecast.id() + " · " + forecast.figure().word());
      ForecastChart.draw(page, forecast, settings.zone());
      page.element("p", "Full: " + forecast.full().words() + ". " + accuracy(forecast));
      page.close();
    }
    page.close();
    table(page, forecasts);
    none(page, outcomes);
  }

  private static void table(Page page, List<Forecast> forecasts) {
    page.open("details").element("summary", "All forecasts");
    Table table =
        new Table(
            page, "Resource", "Figure", "Full in", "#Mean error", "#MAPE", "#Within band", "Model");
    for (Forecast forecast : forecasts.subList(0, Math.min(ROWS * 10, forecasts.size()))) {
      Accuracy accuracy = forecast.accuracy();
      table.row(
          forecast.id(),
          forecast.figure().word(),
          forecast.full().words() + (forecast.full().isExtrapolated() ? ", extrapolated" : ""),
          points(accuracy.meanAbsoluteError()),
          Summary.percent(accuracy.meanPercentageError()),
          Summary.percent(100 * accuracy.coverage()),
          forecast.model());
    }
    table.end();
    if (forecasts.size() > ROWS * 10) {
      page.element("p", "and " + (forecasts.size() - ROWS * 10) + " more that are less urgent");
    }
    page.close();
  }

  private static void none(Page page, List<ForecastOutcome> outcomes) {
    List<ForecastOutcome.None> none =
        outcomes.stream()
            .filter(ForecastOutcome.None.class::isInstance)
            .map(ForecastOutcome.None.class::cast)
            .toList();
    if (none.isEmpty()) {
      return;
    }
    page.open("details").element("summary", "Without a forecast: " + none.size());
    Table table = new Table(page, "Resource", "Figure", "Why");
    none.stream()
        .limit(ROWS)
        .forEach(each -> table.row(each.id(), each.figure().word(), each.reason()));
    table.end();
    if (none.size() > ROWS) {
      page.element("p", "and " + (none.size() - ROWS) + " more");
    }
    page.close();
  }

  private static String accuracy(Forecast forecast) {
    Accuracy accuracy = forecast.accuracy();
    if (accuracy.steps() == 0) {
      return "Not tested: too little history.";
    }
    return "On its past: off by "
        + points(accuracy.meanAbsoluteError())
        + " points on average; "
        + Summary.percent(100 * accuracy.coverage())
        + " were within the band.";
  }

  private static String points(double error) {
    return Double.isNaN(error) ? "–" : String.format(Locale.ROOT, "%.1f", error);
  }
}
