package io.tocsin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows as text for people. */
public final class ResultTable {

  private static final String LINE = "%-14s %9s %11s %12s %8s %9s %9s %9s  %-20s%n";

  private ResultTable() {}

  /** A line for each row, then what does not fit into one. */
  public static String of(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "engine",
            "resources",
            "samples/s",
            "points/s",
            "of copy",
            "CPU s/Mp",
            "peak MB",
            "state MB",
            "fresh p50/p99/max ms"));
    for (Row row : rows) {
      text.append(
          line(
              row.engine(),
              number(row.resources()),
              number(row.samplesPerSecond()),
              number(row.pointsPerSecond()),
              ofCopy(row, rows),
              String.format(Locale.ROOT, "%.2f", row.cpuOfAll()),
              number(row.peakOfAll() / 1e6),
              row.stateBytes() == null ? "" : number(row.stateBytes() / 1e6),
              row.paced() == null ? "" : fresh(row.paced().fresh())));
    }
    rows.forEach(row -> details(row).forEach(detail -> text.append(detail).append('\n')));
    return text.toString();
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, LINE, cells).replaceAll(" +(\\R)", "$1");
  }

  private static String ofCopy(Row row, List<Row> rows) {
    return rows.stream()
        .filter(other -> other.engine().equals("raw copy"))
        .filter(other -> other.resources() == row.resources())
        .filter(other -> !row.engine().startsWith("prom"))
        .findFirst()
        .map(
            copy ->
                String.format(
                    Locale.ROOT, "%.1f %%", 100 * row.samplesPerSecond() / copy.samplesPerSecond()))
        .orElse("");
  }

  private static List<String> details(Row row) {
    List<String> details = new ArrayList<>();
    String who = String.format(Locale.ROOT, "%s, %,d resources: ", row.engine(), row.resources());
    details.add(
        who
            + "CPU s/Mp "
            + row.cpuPerMillionPoints().entrySet().stream()
                .map(part -> String.format(Locale.ROOT, "%s %.2f", part.getKey(), part.getValue()))
                .collect(Collectors.joining(", "))
            + "; peak MB "
            + row.peakBytes().entrySet().stream()
                .map(part -> part.getKey() + " " + number(part.getValue() / 1e6))
                .collect(Collectors.joining(", ")));
    if (row.paced() != null) {
      details.add(
          String.format(
              Locale.ROOT,
              "  paced at %,.0f samples/s: fresh over %,d updates, most lag %,d samples",
              row.paced().samplesPerSecond(),
              row.paced().fresh().count(),
              row.paced().mostLag()));
    }
    if (row.check() != null) {
      Row.Check check = row.check();
      details.add(
          String.format(
              Locale.ROOT,
              "  check: %s: %,d of %,d intervals in final windows of 10 s; %,d updates, %,d finals",
              check.isRight() ? "right" : "WRONG",
              check.found(),
              check.expected(),
              check.updates(),
              check.finals()));
      details.add("  counted: " + check.counters());
    }
    row.profile()
        .forEach(
            (heading, lines) -> {
              details.add("  " + heading + ":");
              lines.forEach(
                  line ->
                      details.add(
                          String.format(
                              Locale.ROOT, "    %5.1f %%  %s", line.percent(), line.what())));
            });
    row.notes().forEach(note -> details.add("  " + note));
    return details;
  }

  private static String fresh(Latencies.Summary fresh) {
    return fresh.p50() + " / " + fresh.p99() + " / " + fresh.max();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
