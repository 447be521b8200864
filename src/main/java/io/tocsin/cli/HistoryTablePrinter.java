package io.tocsin.cli;

import io.tocsin.history.Figures;
import io.tocsin.history.HistoryFigure;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.RowSink;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * History for the terminal: for each series a chart of each figure and its rows. Holds the rows of
 * one series, and no more of them than a terminal shows; a longer one goes without the chart.
 */
final class HistoryTablePrinter implements RowSink {

  private static final int MOST_HELD = 10_000;

  private final HistoryQuery query;
  private final PrintWriter out;
  private final List<HistoryRow> held = new ArrayList<>();
  private HistoryRow first;
  private boolean isLong;

  HistoryTablePrinter(HistoryQuery query, PrintWriter out) {
    this.query = query;
    this.out = out;
  }

  @Override
  public void row(HistoryRow row) {
    if (first != null
        && !(first.resource().equals(row.resource()) && first.part().equals(row.part()))) {
      endSeries();
    }
    if (first == null) {
      first = row;
    }
    if (isLong) {
      print(row);
      return;
    }
    held.add(row);
    if (held.size() > MOST_HELD) {
      isLong = true;
      head();
      held.forEach(this::print);
      held.clear();
    }
  }

  /** No more rows come. */
  void end() {
    if (first == null) {
      out.println("nothing was measured there and then");
      return;
    }
    endSeries();
  }

  private void endSeries() {
    if (!isLong) {
      head();
      for (int figure = 0; figure < query.figures().size(); figure++) {
        chart(figure);
      }
      columns();
      held.forEach(this::print);
    }
    held.clear();
    first = null;
    isLong = false;
    out.println();
  }

  private void head() {
    out.printf(
        "%s%s, %s of %s%n",
        Terminal.plain(first.resource()),
        first.part().isEmpty() ? "" : " " + Terminal.plain(first.part()),
        query.aggregate().name().toLowerCase(Locale.ROOT),
        Terminal.span(query.step()));
    if (isLong) {
      columns();
    }
  }

  private void chart(int figure) {
    double[] values = held.stream().mapToDouble(row -> row.values()[figure]).toArray();
    Sparkline line = Sparkline.of(values);
    out.printf(
        "  %-28s %s %s to %s %s%n",
        query.figures().get(figure),
        line.text(),
        number(line.least()),
        number(line.most()),
        unit(figure));
  }

  private String unit(int figure) {
    return Figures.named(query.figures().get(figure)).map(HistoryFigure::unit).orElse("");
  }

  private void columns() {
    out.printf("%-21s", "AT");
    query.figures().forEach(name -> out.printf(" %14s", cut(name)));
    out.println();
  }

  private static String cut(String name) {
    String word = name.toUpperCase(Locale.ROOT);
    return word.length() <= 14 ? word : word.substring(0, 14);
  }

  private void print(HistoryRow row) {
    out.printf("%-21s", row.at());
    for (double value : row.values()) {
      out.printf(" %14s", number(value));
    }
    out.println();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Math.abs(value) >= 1e6
        ? String.format(Locale.ROOT, "%.4g", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
