package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.Alert;

/** Which service an alert speaks of. */
final class Services {

  private final Graph graph;

  Services(Graph graph) {
    this.graph = graph;
  }

  /** The alert's own word for its resource, else the inventory's; null if it belongs to none. */
  String of(Alert alert) {
    String id = Member.resourceId(alert);
    if (id.equals(alert.getResourceId()) && alert.getService() != null) {
      return alert.getService();
    }
    return graph.service(id).orElse(null);
  }

  /** What stands for it among those that depend on each other: its service, else itself. */
  static String node(Trouble trouble) {
    return trouble.service() == null ? trouble.resourceId() : trouble.service();
  }
}
