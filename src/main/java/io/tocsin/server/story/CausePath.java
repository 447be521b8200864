package io.tocsin.server.story;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.server.fleet.GraphView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How an incident's cause reaches what it affects.
 *
 * @param cause id of the resource that is the cause
 * @param nodes the cause first; each with how it hangs together with the cause, in words
 */
public record CausePath(String cause, List<Node> nodes, List<GraphView.Edge> edges) {

  /** Of so many affected resources the way is shown. */
  static final int MOST_AFFECTED = 100;

  private static final int MOST_LOOKED_AT = 5_000;

  /** A resource on the way. */
  public record Node(String id, String kind, String name, String state, String relation) {}

  /** The way of an incident, over the shortest paths of the inventory. */
  static CausePath of(Incident incident, Graph graph, Function<String, String> state) {
    String cause =
        incident.getAlerts().isEmpty()
            ? incident.getResourceId()
            : incident.getAlerts().get(0).getResourceId();
    Set<String> wanted = new LinkedHashSet<>();
    Stream.concat(
            incident.getAlerts().stream().map(IncidentAlert::getResourceId),
            incident.getAffected().stream())
        .distinct()
        .limit(MOST_AFFECTED)
        .forEach(wanted::add);
    Map<String, String> from = spread(graph, cause, wanted);
    Set<String> shown = new LinkedHashSet<>(List.of(cause));
    for (String id : wanted) {
      shown.addAll(way(from, cause, id));
    }
    GraphView view = GraphView.of(graph, shown, state);
    List<Node> nodes = new ArrayList<>();
    for (GraphView.Node node : view.nodes()) {
      nodes.add(
          new Node(
              node.id(),
              node.kind(),
              node.name(),
              node.state(),
              node.id().equals(cause) ? "cause" : relation(incident, graph, node.id(), cause)));
    }
    return new CausePath(cause, nodes, view.edges());
  }

  private static String relation(Incident incident, Graph graph, String id, String cause) {
    return incident.getAlerts().stream()
        .filter(alert -> alert.getResourceId().equals(id) && !alert.getRelation().isEmpty())
        .map(IncidentAlert::getRelation)
        .findFirst()
        .or(() -> graph.related(id, cause).map(each -> each.sentence()))
        .orElse("");
  }

  /**
   * Which neighbour each resource is reached from, nearest to the cause first, until all that are
   * wanted are found or too much lies around.
   */
  private static Map<String, String> spread(Graph graph, String cause, Set<String> wanted) {
    Set<String> missing = new HashSet<>(wanted);
    missing.remove(cause);
    Map<String, String> from = new LinkedHashMap<>();
    from.put(cause, cause);
    ArrayDeque<String> open = new ArrayDeque<>(List.of(cause));
    while (!open.isEmpty() && !missing.isEmpty() && from.size() < MOST_LOOKED_AT) {
      String at = open.poll();
      for (String next : GraphView.neighbours(graph, at)) {
        if (from.putIfAbsent(next, at) == null) {
          open.add(next);
          missing.remove(next);
        }
      }
    }
    return from;
  }

  private static List<String> way(Map<String, String> from, String cause, String to) {
    if (!from.containsKey(to)) {
      return List.of(to); // nothing leads there as far as the inventory knows
    }
    List<String> way = new ArrayList<>();
    for (String at = to; !at.equals(cause); at = from.get(at)) {
      way.add(at);
    }
    Collections.reverse(way);
    return way;
  }
}
