package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.graph.Relation;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why an incident is there and is what it is.
 *
 * @param decided the one reason that opened it
 * @param priority why it has its priority
 * @param cause the alert that is its cause, in words; empty if it has none any more
 * @param joined what else belongs to it and why, one line each
 * @param changes what made it what it is since it was opened, one line each, oldest first
 */
public record Why(
    String decided, String priority, String cause, List<String> joined, List<String> changes) {

  /** From the newest version of an incident and its timeline, in any order. */
  public static Why of(Incident incident, List<IncidentEvent> events, Graph graph) {
    List<IncidentEvent> timeline =
        events.stream()
            .filter(event -> event.getIncidentId().equals(incident.getId()))
            .sorted(Comparator.comparing(IncidentEvent::getVersion))
            .toList();
    String opened =
        timeline.isEmpty()
            ? "its first event is not at hand"
            : "opened at " + incident.getOpenedAt() + ": " + timeline.get(0).getCause();
    List<IncidentAlert> alerts = incident.getAlerts();
    String cause = alerts.isEmpty() ? "" : words(alerts.get(0));
    List<String> joined = new ArrayList<>();
    for (int i = 1; i < alerts.size(); i++) {
      joined.add(words(alerts.get(i)) + ", as it " + relation(alerts, i, graph));
    }
    if (incident.getMoreAlerts() > 0) {
      joined.add("and " + incident.getMoreAlerts() + " more");
    }
    return new Why(
        opened,
        incident.getPriority() + ": " + incident.getPriorityReason(),
        cause,
        joined,
        timeline.stream().skip(1).map(Why::words).toList());
  }

  private static String relation(List<IncidentAlert> alerts, int i, Graph graph) {
    String said = alerts.get(i).getRelation();
    return said.isEmpty()
        ? graph
            .related(alerts.get(i).getResourceId(), alerts.get(0).getResourceId())
            .map(Relation::sentence)
            .orElse("was reported together")
        : said;
  }

  private static String words(IncidentAlert alert) {
    return alert.getRule()
        + " of "
        + alert.getResourceId()
        + (alert.getSeries().isEmpty() ? "" : " (" + alert.getSeries() + ")")
        + " "
        + alert.getState()
        + " since "
        + alert.getSince();
  }

  private static String words(IncidentEvent event) {
    return event.getAt()
        + " "
        + event.getKind()
        + (event.getBy().isEmpty() ? "" : " by " + event.getBy())
        + ": "
        + event.getCause();
  }
}
