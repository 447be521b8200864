package io.tocsin.capacity.report;

import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.Roi;
import io.tocsin.capacity.forecast.Forecast;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Dimension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The head of the report: what it rests on, and the five figures that matter. */
final class Summary {

  private static final double GIB = 1024.0 * 1024 * 1024;

  private Summary() {}

  static void write(Page page, Assessment assessment, Instant madeAt) {
    Fleet fleet = assessment.fleet();
    page.element("h1", "Capacity report");
    Instant from =
        fleet.resources().stream()
            .map(ResourceSeries::start)
            .min(Instant::compareTo)
            .orElse(madeAt);
    Instant to =
        fleet.resources().stream().map(ResourceSeries::end).max(Instant::compareTo).orElse(madeAt);
    page.element(
        "p",
        fleet.origin()
            + ", "
            + minute(from)
            + " to "
            + minute(to)
            + " UTC. Made "
            + minute(madeAt)
            + " UTC.",
        "class",
        "soft");
    page.open("div", "class", "tiles");
    tile(page, Integer.toString(fleet.resources().size()), "resources");
    tile(page, soonest(assessment), "reaches its ceiling first");
    size(page, assessment.advice(), Dimension.CPU, 1, "cores");
    size(page, assessment.advice(), Dimension.MEMORY, GIB, "GiB");
    assessment.costs().ifPresent(costs -> cost(page, costs));
    page.close();
    rejected(page, fleet);
  }

  private static void size(
      Page page, List<Advice> advice, Dimension dimension, double unit, String word) {
    List<Advice> known =
        advice.stream().filter(each -> each.dimension() == dimension && !each.isRefused()).toList();
    double has = known.stream().mapToDouble(Advice::has).sum() / unit;
    double needs = known.stream().mapToDouble(Advice::needs).sum() / unit;
    tile(page, number(needs) + " of " + number(has), word + " are needed");
  }

  private static void cost(Page page, Costs costs) {
    tile(
        page,
        number(costs.now().get(Estimate.BASE).value()) + " " + costs.currency(),
        "a month as it is; " + number(costs.advised().get(Estimate.BASE).value()) + " as advised");
    for (Roi roi : costs.roi()) {
      if (roi.estimate() == Estimate.BASE) {
        tile(page, percent(roi.roi().value()), "ROI over the project, best guess");
      }
    }
  }

  private static String soonest(Assessment assessment) {
    return assessment.forecasts().stream()
        .filter(Forecast.class::isInstance)
        .map(Forecast.class::cast)
        .filter(forecast -> forecast.full().likely().isPresent())
        .findFirst()
        .map(forecast -> forecast.id())
        .orElse("nothing");
  }

  private static void rejected(Page page, Fleet fleet) {
    if (fleet.rejected().isEmpty()) {
      return;
    }
    page.open("details").element("summary", "Readings that were not as they should be");
    Table table = new Table(page, "What", "#Readings");
    fleet
        .rejected()
        .forEach((reason, count) -> table.row(reason, String.format(Locale.ROOT, "%,d", count)));
    table.end();
    page.close();
  }

  private static void tile(Page page, String value, String meaning) {
    page.open("div", "class", "tile").element("b", value).element("span", meaning).close();
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  static String percent(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.0f %%", value);
  }

  private static String minute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ').replace(":00Z", "");
  }
}
