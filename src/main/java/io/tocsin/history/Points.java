package io.tocsin.history;

import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes a point of history out of a record. The tags and the timestamp identify what the record
 * identifies, so that a later version of it replaces an earlier one.
 */
final class Points {

  /** What has a history. */
  static final List<Topic<?>> TOPICS =
      List.of(
          Topics.WINDOWS,
          Topics.BOTTLENECKS,
          Topics.INCIDENTS,
          Topics.INCIDENT_EVENTS,
          Topics.HEAL_RESULTS);

  private Points() {}

  /** The point of a record; empty for a deletion, or for a topic that has no history. */
  static Optional<Point> of(Received<?> record) {
    return point(record, Topics.WINDOWS, Points::window)
        .or(() -> point(record, Topics.BOTTLENECKS, Points::bottleneck))
        .or(() -> point(record, Topics.INCIDENTS, Points::incident))
        .or(() -> point(record, Topics.INCIDENT_EVENTS, Points::incidentEvent))
        .or(() -> point(record, Topics.HEAL_RESULTS, Points::healResult));
  }

  private static <V extends SpecificRecord> Optional<Point> point(
      Received<?> record, Topic<V> topic, Function<V, Point> make) {
    return record.as(topic).map(make);
  }

  static Point window(Window window) {
    Point point =
        point(HistoryTables.WINDOWS, window.getStartsAt())
            .addTag("resource", tag(window.getResourceId()))
            .addTag("kind", tag(window.getKind().name()))
            .addTag("service", tag(window.getService()))
            .addTag("size", tag(window.getSizeMs() / 1_000 + "s"))
            .addField("final", window.getIsFinal())
            .addField("members", (long) window.getMembers())
            .addField("efficiency", window.getEfficiency())
            .addField("overhead_percent", window.getOverheadPercent());
    figure(point, "cpu_percent", window.getCpuPercent());
    figure(point, "memory_percent", window.getMemoryPercent());
    figure(point, "io_percent", window.getIoPercent());
    figure(point, "network_percent", window.getNetworkPercent());
    figure(point, "io_operations_per_second", window.getIoOperationsPerSecond());
    figure(point, "io_bytes_per_second", window.getIoBytesPerSecond());
    figure(point, "network_bytes_per_second", window.getNetworkBytesPerSecond());
    figure(point, "steal_percent", window.getStealPercent());
    figure(point, "cpu_pressure_percent", window.getCpuPressurePercent());
    figure(point, "memory_pressure_percent", window.getMemoryPressurePercent());
    figure(point, "io_pressure_percent", window.getIoPressurePercent());
    figure(point, "retransmit_percent", window.getRetransmitPercent());
    figure(point, "vcpu_delay_percent", window.getVcpuDelayPercent());
    figure(point, "throttled_percent", window.getThrottledPercent());
    return point;
  }

  private static void figure(Point point, String name, Figure figure) {
    if (figure == null) {
      return;
    }
    point
        .addField(name + "_mean", figure.getMean())
        .addField(name + "_max", figure.getMax())
        .addField(name + "_p50", figure.getP50())
        .addField(name + "_p95", figure.getP95())
        .addField(name + "_p99", figure.getP99());
  }

  private static Point bottleneck(Bottleneck bottleneck) {
    return point(HistoryTables.BOTTLENECKS, bottleneck.getSince())
        .addTag("resource", tag(bottleneck.getResourceId()))
        .addTag("kind", tag(bottleneck.getKind().name()))
        .addTag("service", tag(bottleneck.getService()))
        .addField("active", bottleneck.getActive())
        .addField("severity", bottleneck.getSeverity().name())
        .addField("value", bottleneck.getValue())
        .addField("threshold", bottleneck.getThreshold())
        .addField("confidence", bottleneck.getConfidence())
        .addField("latest_ms", bottleneck.getAt().toEpochMilli());
  }

  private static Point incident(Incident incident) {
    Instant resolved = incident.getResolvedAt();
    return point(HistoryTables.INCIDENTS, incident.getStartedAt())
        .addTag("id", tag(incident.getId()))
        .addTag("rule", tag(incident.getRule()))
        .addTag("resource", tag(incident.getResourceId()))
        .addTag("service", tag(incident.getService()))
        .addField("priority", incident.getPriority().name())
        .addField("state", incident.getState().name())
        .addField("summary", incident.getSummary())
        .addField("version", (long) incident.getVersion())
        .addField("opened_ms", incident.getOpenedAt().toEpochMilli())
        .addField("resolved_ms", resolved == null ? null : resolved.toEpochMilli())
        .addField("heal_attempts", (long) incident.getHealAttempts());
  }

  private static Point incidentEvent(IncidentEvent event) {
    return point(HistoryTables.INCIDENT_EVENTS, event.getAt())
        .addTag("incident", tag(event.getIncidentId()))
        .addTag("version", tag(Integer.toString(event.getVersion())))
        .addField("kind", event.getKind().name())
        .addField("state", event.getState().name())
        .addField("priority", event.getPriority().name())
        .addField("cause", event.getCause());
  }

  private static Point healResult(HealResult result) {
    return point(HistoryTables.HEAL_RESULTS, result.getAt())
        .addTag("plan", tag(result.getPlanId()))
        .addTag("incident", tag(result.getIncidentId()))
        .addTag("action", tag(result.getAction()))
        .addTag("target", tag(result.getTargetId()))
        .addTag("outcome", tag(result.getOutcome().name()))
        .addField("attempt", (long) result.getAttempt())
        .addField("reason", result.getReason())
        .addField("took_ms", result.getTookMs())
        .addField("exit_code", result.getExitCode());
  }

  private static Point point(String table, Instant at) {
    return Point.measurement(table).time(at, WritePrecision.NS);
  }

  /**
   * A tag as the line protocol can carry it. The client writes a trailing backslash so that it
   * swallows the separator after it, and lets control characters through: both would spoil a whole
   * batch.
   */
  static String tag(String text) {
    if (text == null) {
      return null;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.chars().map(c -> Character.isISOControl(c) ? '?' : c).forEach(c -> clean.append((char) c));
    if (clean.length() > 0 && clean.charAt(clean.length() - 1) == '\\') {
      clean.append('_');
    }
    return clean.toString();
  }
}
