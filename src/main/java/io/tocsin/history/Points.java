package io.tocsin.history;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes a point of history out of a record. The tags and the timestamp identify what the record
 * identifies, so that a later version of it replaces an earlier one.
 */
final class Points {

  private static final int LONGEST_LABELS = 256;

  private static final Map<Topic<?>, Function<SpecificRecord, Optional<String>>> MAKERS =
      new LinkedHashMap<>();

  static {
    maker(Topics.WINDOWS, WindowPoints::window);
    maker(Topics.THROUGHPUTS, WindowPoints::throughput);
    maker(Topics.LATENCIES, WindowPoints::latency);
    maker(Topics.MEASUREMENTS, Points::business);
    maker(Topics.BOTTLENECKS, Points::bottleneck);
    maker(Topics.VIOLATIONS, Points::violation);
    maker(Topics.INCIDENTS, Points::incident);
    maker(Topics.INCIDENT_EVENTS, Points::incidentEvent);
    maker(Topics.HEAL_RESULTS, Points::healResult);
    maker(Topics.DELIVERIES, Points::delivery);
  }

  private Points() {}

  private static <V extends SpecificRecord> void maker(
      Topic<V> topic, Function<V, Optional<String>> make) {
    MAKERS.put(topic, record -> make.apply(topic.valueType().cast(record)));
  }

  /** What has a history. */
  static Set<Topic<?>> topics() {
    return Set.copyOf(MAKERS.keySet());
  }

  /**
   * The point of a record; empty for a deletion, and for what has no history: windows of a size
   * that no tier keeps, measurements that are no figures of a business.
   */
  static Optional<String> of(Received<?> record) {
    return record.value() == null
        ? Optional.empty()
        : MAKERS.get(record.topic()).apply(record.value());
  }

  private static Optional<String> business(Measurement measurement) {
    if (measurement.getLayer() != Layer.BUSINESS) {
      return Optional.empty();
    }
    return new Line(HistoryTable.BUSINESS.label())
        .tag("resource", measurement.getResourceId())
        .tag("kind", measurement.getKind().name())
        .tag("service", measurement.getService())
        .tag("name", measurement.getName())
        .tag("labels", labels(measurement.getLabels()))
        .number("business_value", measurement.getValue())
        .words("unit", measurement.getUnit())
        .at(measurement.getAt());
  }

  /** In the order of their names, so that the same labels are the same tag. */
  private static String labels(Map<String, String> labels) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(labels)
        .forEach(
            (name, value) ->
                text.append(text.isEmpty() ? "" : ";").append(name).append('=').append(value));
    return text.substring(0, Math.min(text.length(), LONGEST_LABELS));
  }

  private static Optional<String> bottleneck(Bottleneck bottleneck) {
    return new Line(EventTables.BOTTLENECKS)
        .tag("resource", bottleneck.getResourceId())
        .tag("kind", bottleneck.getKind().name())
        .tag("service", bottleneck.getService())
        .flag("active", bottleneck.getActive())
        .words("severity", bottleneck.getSeverity().name())
        .number("value", bottleneck.getValue())
        .number("threshold", bottleneck.getThreshold())
        .number("confidence", bottleneck.getConfidence())
        .whole("latest_ms", bottleneck.getAt().toEpochMilli())
        .at(bottleneck.getSince());
  }

  private static Optional<String> violation(Violation violation) {
    return new Line(EventTables.VIOLATIONS)
        .tag("id", violation.getId())
        .tag("resource", violation.getResourceId())
        .tag("service", violation.getService())
        .words("policy", violation.getPolicy())
        .words("rule", violation.getRule())
        .words("effect", violation.getEffect().name())
        .words("severity", violation.getSeverity().name())
        .words("action", violation.getAction())
        .words("reason", violation.getReason())
        .at(violation.getAt());
  }

  private static Optional<String> incident(Incident incident) {
    Instant resolved = incident.getResolvedAt();
    return new Line(EventTables.INCIDENTS)
        .tag("id", incident.getId())
        .tag("rule", incident.getRule())
        .tag("resource", incident.getResourceId())
        .tag("service", incident.getService())
        .words("priority", incident.getPriority().name())
        .words("state", incident.getState().name())
        .words("summary", incident.getSummary())
        .whole("version", (long) incident.getVersion())
        .whole("opened_ms", incident.getOpenedAt().toEpochMilli())
        .whole("resolved_ms", resolved == null ? null : (Long) resolved.toEpochMilli())
        .whole("heal_attempts", (long) incident.getHealAttempts())
        .at(incident.getStartedAt());
  }

  private static Optional<String> incidentEvent(IncidentEvent event) {
    return new Line(EventTables.INCIDENT_EVENTS)
        .tag("incident", event.getIncidentId())
        .tag("version", Integer.toString(event.getVersion()))
        .words("kind", event.getKind().name())
        .words("state", event.getState().name())
        .words("priority", event.getPriority().name())
        .words("cause", event.getCause())
        .at(event.getAt());
  }

  private static Optional<String> healResult(HealResult result) {
    return new Line(EventTables.HEAL_RESULTS)
        .tag("plan", result.getPlanId())
        .tag("incident", result.getIncidentId())
        .tag("action", result.getAction())
        .tag("target", result.getTargetId())
        .tag("outcome", result.getOutcome().name())
        .whole("attempt", (long) result.getAttempt())
        .words("reason", result.getReason())
        .whole("took_ms", result.getTookMs())
        .whole("exit_code", result.getExitCode() == null ? null : result.getExitCode().longValue())
        .at(result.getAt());
  }

  private static Optional<String> delivery(Delivery delivery) {
    return new Line(EventTables.DELIVERIES)
        .tag("id", delivery.getId())
        .tag("channel", delivery.getChannel())
        .tag("incident", delivery.getNotification().getIncidentId())
        .words("state", delivery.getState().name())
        .words("reason", delivery.getReason())
        .whole("attempts", (long) delivery.getAttempts())
        .whole("latest_ms", delivery.getAt().toEpochMilli())
        .at(delivery.getCreatedAt());
  }
}
