package io.tocsin.capacity.report;

import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Amounts;
import io.tocsin.capacity.rightsizing.Dimension;
import io.tocsin.capacity.rightsizing.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How large things should be. */
final class SizeSection {

  private static final int BARS = 14;
  private static final double GIB = 1024.0 * 1024 * 1024;

  private SizeSection() {}

  static void write(Page page, List<Advice> advice) {
    page.element("h2", "Sizes");
    page.element(
        "p",
        "Pale is what each has, blue what it needs with head-room, red where that is more; the largest "
            + "differences. Nothing is taken away from what waits, is throttled, or is known for too short a time.",
        "class",
        "soft");
    page.open("div", "class", "charts");
    for (Dimension dimension : Dimension.values()) {
      double unit = dimension == Dimension.CPU ? 1 : GIB;
      List<BarChart.Bar> bars =
          advice.stream()
              .filter(each -> each.dimension() == dimension && !each.isRefused())
              .sorted(
                  Comparator.comparingDouble((Advice each) -> Math.abs(each.has() - each.needs()))
                      .reversed()
                      .thenComparing(Advice::id))
              .limit(BARS)
              .map(each -> bar(each, unit))
              .toList();
      page.open("div", "class", "chart");
      page.element("h3", dimension == Dimension.CPU ? "Cores" : "Memory, GiB");
      BarChart.draw(page, dimension + ": has and needs", bars);
      page.close();
    }
    page.close();
    page.open("details").element("summary", "All sizes");
    Table table =
        new Table(page, "Resource", "What", "Verdict", "#Has", "#Needs", "#Confidence", "Why");
    advice.stream()
        .sorted(
            Comparator.comparing((Advice each) -> each.verdict().ordinal())
                .thenComparing(Advice::id))
        .forEach(
            each ->
                table.row(
                    each.id(),
                    each.dimension().name().toLowerCase(Locale.ROOT),
                    word(each),
                    Amounts.of(each.dimension(), each.has()),
                    Amounts.of(each.dimension(), each.needs()),
                    Summary.percent(100 * each.confidence()),
                    each.reason()));
    table.end();
    page.close();
  }

  private static BarChart.Bar bar(Advice advice, double unit) {
    String text =
        number(advice.needs() / unit)
            + " of "
            + number(advice.has() / unit)
            + (advice.verdict() == Verdict.VETOED ? ", vetoed" : "")
            + (advice.isFloor() ? " at least" : "");
    return new BarChart.Bar(advice.id(), advice.has() / unit, advice.needs() / unit, text);
  }

  private static String number(double value) {
    return value == Math.rint(value) || value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value).replaceAll("0$", "");
  }

  private static String word(Advice advice) {
    return advice.verdict().name().toLowerCase(Locale.ROOT);
  }
}
