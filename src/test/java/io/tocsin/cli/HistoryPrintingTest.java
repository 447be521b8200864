package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.history.Aggregate;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.Selector;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryPrintingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final HistoryQuery QUERY =
      HistoryQuery.of(
          List.of("cpu_percent", "memory_bytes"),
          Selector.all(),
          NOON,
          NOON.plusSeconds(600),
          Duration.ofMinutes(1),
          Aggregate.MEAN);

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text, true);

  private static HistoryRow row(int minute, String resource, double... values) {
    return new HistoryRow(NOON.plusSeconds(60L * minute), resource, "", values);
  }

  @Test
  void aSeriesHasAChartAndItsRows() {
    HistoryTablePrinter table = new HistoryTablePrinter(QUERY, out);
    table.row(row(0, "host/a", 0, 8e9));
    table.row(row(1, "host/a", Double.NaN, 8e9));
    table.row(row(2, "host/a", 100, 8e9));
    table.row(row(0, "host/\u001b[2Jb", 5, Double.NaN));
    table.end();
    assertThat(text.toString())
        .contains("host/a, mean of 60 s", "▁ █ 0.00 to 100.00 %", "▁▁▁ 8.000e+09 to 8.000e+09 By")
        .contains("2026-01-01T12:01:00Z               -      8.000e+09")
        .contains("host/?[2Jb")
        .doesNotContain("\u001b");
  }

  @Test
  void nothingIsSaidToBeNothing() {
    new HistoryTablePrinter(QUERY, out).end();
    assertThat(text).hasToString("nothing was measured there and then" + System.lineSeparator());
  }

  @Test
  void csvQuotesWhatItMustAndNothingBecomesAFormula() {
    HistoryCsv csv = new HistoryCsv(QUERY, out);
    csv.row(row(0, "=cmd,\"x\"\n", 1.5, Double.NaN));
    assertThat(text.toString().lines())
        .containsExactly(
            "at,resource,part,cpu_percent,memory_bytes",
            "2026-01-01T12:00:00Z,\"'=cmd,\"\"x\"\"?\",,1.5,");
  }

  @Test
  void aLongSeriesIsDrawnAsTheHighestOfEachStretch() {
    double[] values = new double[6_000];
    values[3_001] = 7;
    Sparkline line = Sparkline.of(values);
    assertThat(line.text()).hasSize(60).contains("█");
    assertThat(line.most()).isEqualTo(7);
    assertThat(Sparkline.of(new double[] {Double.NaN}).text()).isEqualTo(" ");
    assertThat(Sparkline.of(new double[0]).text()).isEmpty();
  }
}
