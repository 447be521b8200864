package io.tocsin.server;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentState;
import java.time.Instant;
import java.util.List;

/**
 * An incident as the API shows it. Times are UTC; texts are for people and have to be shown as
 * text.
 *
 * @param timeline oldest first; empty in lists
 */
public record IncidentView(
    String id,
    String rule,
    String resource,
    String service,
    String tier,
    String state,
    String priority,
    String priorityReason,
    String summary,
    List<String> evidence,
    Instant startedAt,
    Instant openedAt,
    Instant updatedAt,
    Instant dueAt,
    Instant resolvedAt,
    int healAttempts,
    int version,
    List<Line> timeline) {

  /** One line of a timeline. */
  public record Line(
      int version, String kind, Instant at, String state, String priority, String cause) {

    static Line of(IncidentEvent event) {
      return new Line(
          event.getVersion(),
          event.getKind().name(),
          event.getAt(),
          event.getState().name(),
          event.getPriority().name(),
          event.getCause());
    }
  }

  static IncidentView of(Incident incident, List<Line> timeline) {
    return new IncidentView(
        incident.getId(),
        incident.getRule(),
        incident.getResourceId(),
        incident.getService(),
        incident.getTier().name(),
        incident.getState().name(),
        incident.getPriority().name(),
        incident.getPriorityReason(),
        incident.getSummary(),
        incident.getEvidence(),
        incident.getStartedAt(),
        incident.getOpenedAt(),
        incident.getUpdatedAt(),
        incident.getDueAt(),
        incident.getResolvedAt(),
        incident.getHealAttempts(),
        incident.getVersion(),
        timeline);
  }

  /** Whether anybody still has to care. */
  boolean open() {
    return !IncidentState.RESOLVED.name().equals(state);
  }

  IncidentView withTimeline(List<Line> lines) {
    return new IncidentView(
        id,
        rule,
        resource,
        service,
        tier,
        state,
        priority,
        priorityReason,
        summary,
        evidence,
        startedAt,
        openedAt,
        updatedAt,
        dueAt,
        resolvedAt,
        healAttempts,
        version,
        lines);
  }
}
