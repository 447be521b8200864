package io.tocsin.server.incident;

import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Deadline;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.ServiceLevel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An incident as the API shows it. Times are UTC; texts are for people and have to be shown as
 * text.
 *
 * @param pausedSince since when the promises' clock stands still; null while it runs
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
    String layer,
    List<Part> alerts,
    List<String> affected,
    Taken acknowledgement,
    List<Promise> promises,
    Instant pausedSince,
    boolean flapping,
    boolean stale,
    String mergedInto,
    String silencedBy,
    Map<String, String> labels,
    String runbook,
    List<Line> timeline) {

  /** One alert of it; the cause is the first. */
  public record Part(
      String rule,
      String resource,
      String series,
      String state,
      Instant since,
      String summary,
      String relation) {

    static Part of(IncidentAlert alert) {
      return new Part(
          alert.getRule(),
          alert.getResourceId(),
          alert.getSeries(),
          alert.getState(),
          alert.getSince(),
          alert.getSummary(),
          alert.getRelation());
    }
  }

  /** Who has it, and until when. */
  public record Taken(String by, Instant at, Instant until, String note) {

    static Taken of(Acknowledgement taken) {
      return taken == null
          ? null
          : new Taken(taken.getBy(), taken.getAt(), taken.getUntil(), taken.getNote());
    }
  }

  /** What is promised of its priority, and what became of that. */
  public record Promise(String what, Instant dueAt, Instant metAt, boolean missed) {

    static List<Promise> of(ServiceLevel level) {
      return level == null
          ? List.of()
          : List.of(
              of("acknowledge", level.getAcknowledge()),
              of("mitigate", level.getMitigate()),
              of("resolve", level.getResolve()));
    }

    private static Promise of(String what, Deadline deadline) {
      return new Promise(what, deadline.getDueAt(), deadline.getMetAt(), deadline.getMissed());
    }
  }

  /** One line of a timeline. */
  public record Line(
      int version,
      String kind,
      Instant at,
      String state,
      String priority,
      String cause,
      String by) {

    static Line of(IncidentEvent event) {
      return new Line(
          event.getVersion(),
          event.getKind().name(),
          event.getAt(),
          event.getState().name(),
          event.getPriority().name(),
          event.getCause(),
          event.getBy());
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
        incident.getLayer().name(),
        incident.getAlerts().stream().map(Part::of).toList(),
        incident.getAffected(),
        Taken.of(incident.getAcknowledgement()),
        Promise.of(incident.getServiceLevel()),
        pausedSince(incident.getServiceLevel()),
        incident.getFlapping(),
        incident.getStale(),
        incident.getMergedInto(),
        incident.getSilencedBy(),
        incident.getLabels(),
        incident.getRunbook(),
        timeline);
  }

  private static Instant pausedSince(ServiceLevel level) {
    return level == null ? null : level.getPausedSince();
  }

  /** Whether anybody still has to care. */
  public boolean open() {
    return !IncidentState.RESOLVED.name().equals(state);
  }

  /** Whether a resource is its cause, or has an alert in it. */
  boolean isAt(String id) {
    return resource.equals(id) || alerts.stream().anyMatch(alert -> alert.resource().equals(id));
  }

  /** Whether a text in lower case is in one of its own. */
  boolean says(String text) {
    return Stream.of(id, summary, rule, resource)
        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(text));
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
        layer,
        alerts,
        affected,
        acknowledgement,
        promises,
        pausedSince,
        flapping,
        stale,
        mergedInto,
        silencedBy,
        labels,
        runbook,
        lines);
  }
}
