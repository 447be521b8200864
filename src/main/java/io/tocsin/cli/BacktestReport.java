package io.tocsin.cli;

import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.replay.ReplayLog;
import io.tocsin.alerting.replay.TraceBacktest;
import io.tocsin.alerting.replay.trace.Alarm;
import io.tocsin.alerting.replay.trace.Score;
import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rules would have done.
 *
 * @param inputs what was looked at, by kind
 * @param days time looked at; of a trace, summed over its resources
 * @param incidents how many there would have been
 * @param byRule the same by rule
 * @param byResource the same by resource, those with the most first
 * @param notifications how many people would have been sent, by kind
 * @param score against labels; null without any
 * @param controls scores of judges that know next to nothing
 * @param difference incidents that only the replay or only the past has; empty for a trace
 */
record BacktestReport(
    Map<String, Long> inputs,
    double days,
    int incidents,
    Map<String, Long> byRule,
    Map<String, Long> byResource,
    Map<String, Long> notifications,
    Score score,
    Map<String, Score> controls,
    List<String> difference) {

  private static final int MOST_LINES = 20;

  static BacktestReport ofTrace(Trace trace, TraceBacktest.Result result) {
    Map<String, Long> inputs = new TreeMap<>(trace.rejects());
    inputs.put("rows", (long) trace.rows().size());
    Map<String, Long> byResource = new TreeMap<>();
    for (Alarm alarm : result.alarms()) {
      byResource.merge(alarm.resource(), 1L, Long::sum);
    }
    return new BacktestReport(
        inputs,
        result.days(),
        result.alarms().size(),
        byRule(result.log()),
        byResource,
        notifications(result.log()),
        result.score().orElse(null),
        result.controls(),
        List.of());
  }

  static BacktestReport ofTopics(
      ReplayLog log, Recording recording, Instant from, Instant to, Map<String, Incident> past) {
    Map<String, Long> inputs = new TreeMap<>();
    inputs.put("records", (long) recording.size());
    inputs.put("left out for lack of room", recording.leftOut());
    Map<String, Long> byResource = new TreeMap<>();
    log.incidents()
        .values()
        .forEach(incident -> byResource.merge(incident.getResourceId(), 1L, Long::sum));
    return new BacktestReport(
        inputs,
        Duration.between(from, to).toMillis() / 86_400_000.0,
        log.incidents().size(),
        byRule(log),
        byResource,
        notifications(log),
        null,
        Map.of(),
        difference(log.incidents(), past));
  }

  private static List<String> difference(
      Map<String, Incident> replayed, Map<String, Incident> past) {
    List<String> lines = new ArrayList<>();
    past.forEach(
        (id, incident) -> {
          if (!replayed.containsKey(id)) {
            lines.add("only really:   " + line(incident));
          }
        });
    replayed.forEach(
        (id, incident) -> {
          if (!past.containsKey(id)) {
            lines.add("only replayed: " + line(incident));
          }
        });
    return lines;
  }

  private static String line(Incident incident) {
    return incident.getPriority()
        + " "
        + incident.getOpenedAt()
        + " "
        + incident.getRule()
        + " "
        + incident.getResourceId()
        + ": "
        + incident.getSummary();
  }

  private static Map<String, Long> byRule(ReplayLog log) {
    Map<String, Long> byRule = new TreeMap<>();
    log.incidents().values().forEach(each -> byRule.merge(each.getRule(), 1L, Long::sum));
    return byRule;
  }

  private static Map<String, Long> notifications(ReplayLog log) {
    Map<String, Long> kinds = new TreeMap<>();
    for (Notification each : log.sent()) {
      kinds.merge(each.getKind().name(), 1L, Long::sum);
    }
    return kinds;
  }

  void tell(PrintWriter out) {
    inputs.forEach((what, count) -> out.printf("%,12d %s%n", count, what));
    out.printf(Locale.ROOT, "%12.1f %s%n", days, score == null ? "days" : "resource-days");
    out.printf("%,12d incidents%n", incidents);
    notifications.forEach((kind, count) -> out.printf("%,12d notifications %s%n", count, kind));
    long pages = notifications.getOrDefault("PAGE", 0L);
    out.printf(Locale.ROOT, "%12.2f pages a day%n", days == 0 ? 0 : pages / days);
    top("incidents by rule", byRule, out);
    top("incidents by resource", byResource, out);
    if (score != null) {
      out.println("against the labels:");
      out.println("  rules:       " + score.line());
      controls.forEach((name, each) -> out.printf("  %-12s %s%n", name + ":", each.line()));
      out.println("what was labelled, and what the first incident in it said:");
      score
          .confusion()
          .forEach((kind, said) -> out.println("  " + Terminal.plain(kind) + ": " + said));
      out.println("delays from the onset: " + delays());
    }
    if (!difference.isEmpty()) {
      out.println("beside what really was:");
      difference.stream()
          .limit(MOST_LINES)
          .forEach(line -> out.println("  " + Terminal.plain(line)));
      if (difference.size() > MOST_LINES) {
        out.printf("  and %d more; --json has all%n", difference.size() - MOST_LINES);
      }
    }
  }

  private String delays() {
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
