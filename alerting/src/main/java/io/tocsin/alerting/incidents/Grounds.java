package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.ResourceKind;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a trouble stands on: all that its resource runs on. A service, and an endpoint of which the
 * inventory does not say where it runs, stand on what the rest of the service runs on.
 */
final class Grounds {

  private final Graph graph;

  Grounds(Graph graph) {
    this.graph = graph;
  }

  /** Ids, nearest first. */
  Set<String> of(Trouble trouble) {
    LinkedHashSet<String> found = new LinkedHashSet<>(graph.ancestors(trouble.resourceId()));
    ResourceKind kind = trouble.head().alert().getKind();
    boolean floats = kind == ResourceKind.SERVICE || kind == ResourceKind.ENDPOINT;
    if (found.isEmpty() && floats && trouble.service() != null) {
      graph.members(trouble.service()).forEach(id -> found.addAll(graph.ancestors(id)));
      found.remove(trouble.resourceId());
    }
    return found;
  }
}
