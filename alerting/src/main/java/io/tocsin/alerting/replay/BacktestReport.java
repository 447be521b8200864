package io.tocsin.alerting.replay;

import io.tocsin.alerting.replay.trace.Alarm;
import io.tocsin.alerting.replay.trace.Score;
import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
public record BacktestReport(
    Map<String, Long> inputs,
    double days,
    int incidents,
    Map<String, Long> byRule,
    Map<String, Long> byResource,
    Map<String, Long> notifications,
    Score score,
    Map<String, Score> controls,
    List<String> difference) {

  /** Of a trace. */
  public static BacktestReport ofTrace(Trace trace, TraceBacktest.Result result) {
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

  /**
   * Of what topics hold.
   *
   * @param past the incidents that there really were, by id
   */
  public static BacktestReport ofTopics(
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
}
