package io.tocsin.cli;

import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.RowSink;
import java.io.PrintWriter;

/**
 * History as CSV (RFC 4180): a line for each row, an empty field where nothing was measured. Texts
 * that a spreadsheet would take for a formula get an apostrophe in front (<a
 * href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>).
 */
final class HistoryCsv implements RowSink {

  private final PrintWriter out;

  HistoryCsv(HistoryQuery query, PrintWriter out) {
    this.out = out;
    out.println("at,resource,part," + String.join(",", query.figures()));
  }

  @Override
  public void row(HistoryRow row) {
    out.print(row.at());
    out.print(',');
    out.print(field(row.resource()));
    out.print(',');
    out.print(field(row.part()));
    for (double value : row.values()) {
      out.print(',');
      if (!Double.isNaN(value)) {
        out.print(value);
      }
    }
    out.println();
  }

  static String field(String text) {
    String plain = Terminal.plain(text);
    if (plain.matches("[=+@\\-].*")) {
      plain = "'" + plain;
    }
    return plain.matches(".*[\",].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}
