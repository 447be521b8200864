package io.tocsin.cli;

import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.replay.trace.Score;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** A backtest's report for people. */
final class BacktestPrinting {

  private static final int MOST_LINES = 20;

  private BacktestPrinting() {}

  static void tell(BacktestReport report, PrintWriter out) {
    Score score = report.score();
    report.inputs().forEach((what, count) -> out.printf("%,12d %s%n", count, what));
    out.printf(Locale.ROOT, "%12.1f %s%n", report.days(), score == null ? "days" : "resource-days");
    out.printf("%,12d incidents%n", report.incidents());
    report
        .notifications()
        .forEach((kind, count) -> out.printf("%,12d notifications %s%n", count, kind));
    long pages = report.notifications().getOrDefault("PAGE", 0L);
    out.printf(Locale.ROOT, "%12.2f pages a day%n", report.days() == 0 ? 0 : pages / report.days());
    top("incidents by rule", report.byRule(), out);
    top("incidents by resource", report.byResource(), out);
    if (score != null) {
      out.println("against the labels:");
      out.println("  rules:       " + score.line());
      report
          .controls()
          .forEach((name, each) -> out.printf("  %-12s %s%n", name + ":", each.line()));
      out.println("what was labelled, and what the first incident in it said:");
      score
          .confusion()
          .forEach((kind, said) -> out.println("  " + Terminal.plain(kind) + ": " + said));
      out.println("delays from the onset: " + delays(score));
    }
    if (!report.difference().isEmpty()) {
      out.println("beside what really was:");
      report.difference().stream()
          .limit(MOST_LINES)
          .forEach(line -> out.println("  " + Terminal.plain(line)));
      if (report.difference().size() > MOST_LINES) {
        out.printf("  and %d more; --json has all%n", report.difference().size() - MOST_LINES);
      }
    }
  }

  private static String delays(Score score) {
    return String.join(" ", score.delays().stream().map(delay -> delay.toSeconds() + "s").toList());
  }

  private static void top(String title, Map<String, Long> counts, PrintWriter out) {
    out.println(title + ":");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_LINES)
        .forEach(
            entry -> out.printf("%,12d %s%n", entry.getValue(), Terminal.plain(entry.getKey())));
  }
}
