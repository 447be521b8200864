package io.tocsin.server.fleet;

import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Priority;
import io.tocsin.server.incident.IncidentView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The worst open incident at a resource: one that it is the cause of, or has an alert in that is
 * not over. What an incident merely affects is not marked with it, or a map would show the whole
 * fleet red because of one switch.
 */
record WorstIncident(String id, Priority priority) {

  /**
   * Those of all resources that have one.
   *
   * @param open open incidents, worst first
   */
  static Map<String, WorstIncident> byResource(List<IncidentView> open) {
    Map<String, WorstIncident> worst = new HashMap<>();
    for (IncidentView incident : open) {
      WorstIncident one = new WorstIncident(incident.id(), Priority.valueOf(incident.priority()));
      worst.putIfAbsent(incident.resource(), one);
      for (IncidentView.Part alert : incident.alerts()) {
        if (!AlertState.CLEARED.name().equals(alert.state())) {
          worst.putIfAbsent(alert.resource(), one);
        }
      }
    }
    return worst;
  }
}
