package io.tocsin.capacity.report;

import io.tocsin.capacity.cost.Estimate;
import io.tocsin.capacity.cost.Roi;
import io.tocsin.capacity.cost.Traced;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What it costs, and whether the project pays. */
final class CostSection {

  private static final int BARS = 15;

  private CostSection() {}

  static void write(Page page, Costs costs) {
    page.element("h2", "Cost");
    Table table = new Table(page, "A month", "#Low", "#Base", "#High");
    table.row(row("as it is", costs.now()));
    table.row(row("as advised", costs.advised()));
    table.end();
    if (!costs.left().isEmpty()) {
      page.element(
          "p", "Left out, because their size is not known: " + String.join(", ", costs.left()));
    }
    page.open("div", "class", "charts").open("div", "class", "chart");
    page.element("h3", "By service, " + costs.currency() + " a month, best guess");
    List<BarChart.Bar> bars =
        costs.services().entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, Traced> entry) -> entry.getValue().value())
                    .reversed())
            .limit(BARS)
            .map(CostSection::bar)
            .toList();
    BarChart.draw(page, "cost by service", bars);
    page.close();
    if (!costs.roi().isEmpty()) {
      page.open("div", "class", "chart").element("h3", "Return on investment");
      Table roi = new Table(page, "Estimate", "#Gain", "#Investment", "#ROI");
      costs.roi().forEach(each -> roi.row(row(each)));
      roi.end();
      page.element(
          "p",
          "ROI = (gain − investment) ÷ investment × 100 %. Gain = savings + efficiency value; "
              + "investment = initial + running. Low: low gains, high investments.",
          "class",
          "soft");
      page.close();
    }
    page.close();
    derivation(page, "Where the cost comes from", costs.now().get(Estimate.BASE));
    costs.roi().stream()
        .filter(each -> each.estimate() == Estimate.BASE)
        .forEach(each -> derivation(page, "Where the ROI comes from", each.roi()));
  }

  private static void derivation(Page page, String title, Traced value) {
    page.open("details").element("summary", title);
    page.open("pre").lines(value.derivation()).close().close();
  }

  private static BarChart.Bar bar(Map.Entry<String, Traced> service) {
    double value = service.getValue().value();
    return new BarChart.Bar(service.getKey(), 0, value, Summary.number(value));
  }

  private static String[] row(String name, Map<Estimate, Traced> amounts) {
    return new String[] {
      name,
      money(amounts.get(Estimate.LOW)),
      money(amounts.get(Estimate.BASE)),
      money(amounts.get(Estimate.HIGH))
    };
  }

  private static String[] row(Roi roi) {
    return new String[] {
      roi.estimate().word(),
      money(roi.gain()),
      money(roi.investment()),
      Summary.percent(roi.roi().value())
    };
  }

  private static String money(Traced amount) {
    return String.format(Locale.ROOT, "%,.0f %s", amount.value(), amount.unit().substring(0, 3));
  }
}
