package io.tocsin.bench.alerts;

import io.tocsin.bench.Latencies;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows as text for people. */
public final class AlertsTable {

  private static final String LINE = "%-12s %9s %7s %-7s %8s %7s %-21s %-21s%n";

  private AlertsTable() {}

  /** Two lines for each row, one for each way, then what does not fit into them. */
  public static String of(List<AlertsRow> rows) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "engine",
            "resources",
            "rules",
            "way",
            "breaches",
            "missing",
            "sent to page, ms",
            "broken to page, ms"));
    for (AlertsRow row : rows) {
      text.append(way(row, "health", row.health())).append(way(row, "cpu", row.cpu()));
    }
    text.append("(ms: p50 / p99 / max)\n");
    rows.forEach(row -> text.append(details(row)));
    return text.toString();
  }

  private static String way(AlertsRow row, String way, Delays delays) {
    return line(
        row.engine(),
        number(row.resources()),
        number(row.rules()),
        way,
        number(delays.breaches()),
        number(delays.missing()),
        times(delays.page()),
        times(delays.pageFromBreak()));
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, LINE, cells).replaceAll(" +(\\R)", "$1");
  }

  private static String details(AlertsRow row) {
    StringBuilder text = new StringBuilder();
    text.append(row.engine()).append(", ").append(number(row.rules())).append(" rules: cores ");
    text.append(list(row.cores(), cores -> String.format(Locale.ROOT, "%.2f", cores)));
    text.append("; peak MB ").append(list(row.peakBytes(), bytes -> number(bytes / 1e6)));
    if (!row.mostLag().isEmpty()) {
      text.append("; records waiting ").append(list(row.mostLag(), waiting -> number(waiting)));
    }
    text.append('\n');
    if (row.unexpected() > 0) {
      text.append("  pages about what did not break: ").append(row.unexpected()).append('\n');
    }
    steps(text, "health", row.health());
    steps(text, "cpu", row.cpu());
    row.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private static void steps(StringBuilder text, String way, Delays delays) {
    if (delays.alert() != null) {
      text.append("  ").append(way).append(": sent to alert ").append(times(delays.alert()));
      text.append(", to incident ").append(times(delays.incident())).append('\n');
    }
  }

  private static <V> String list(Map<String, V> values, Function<? super V, String> words) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + " " + words.apply(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String times(Latencies.Summary times) {
    return times == null ? "" : times.p50() + " / " + times.p99() + " / " + times.max();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
