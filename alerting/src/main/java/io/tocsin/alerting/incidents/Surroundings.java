package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.ResourceKind;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the graph says of a resource's surroundings, remembered until the graph changes: in a storm
 * the same is asked again for every alert.
 */
final class Surroundings {

  private final Graph graph;
  private final Map<String, List<String>> ancestors = new HashMap<>();
  private final Map<String, Set<String>> guests = new HashMap<>();
  private final Map<String, Set<String>> dependencies = new HashMap<>();
  private final Map<String, Set<String>> dependants = new HashMap<>();
  private final Map<String, Set<String>> serviceGrounds = new HashMap<>();

  Surroundings(Graph graph) {
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }

  /** The graph has changed. */
  void forget() {
    List.of(ancestors, guests, dependencies, dependants, serviceGrounds).forEach(Map::clear);
  }

  /** What a resource runs on, nearest first. */
  List<String> ancestors(String id) {
    return ancestors.computeIfAbsent(id, graph::ancestors);
  }

  /** All that runs on a resource. */
  Set<String> guests(String id) {
    return guests.computeIfAbsent(id, graph::guests);
  }

  /** All services that one depends on. */
  Set<String> dependencies(String service) {
    return dependencies.computeIfAbsent(service, graph::dependencies);
  }

  /** All services that depend on one. */
  Set<String> dependants(String service) {
    return dependants.computeIfAbsent(service, graph::dependants);
  }

  /**
   * What a trouble stands on: all that its resource runs on, nearest first. A service, and an
   * endpoint of which the inventory does not say where it runs, stand on what the rest of the
   * service runs on.
   */
  Iterable<String> grounds(Trouble trouble) {
    List<String> own = ancestors(trouble.resourceId());
    boolean floats =
        trouble.kind() == ResourceKind.SERVICE || trouble.kind() == ResourceKind.ENDPOINT;
    return own.isEmpty() && floats && trouble.service() != null
        ? serviceGrounds.computeIfAbsent(trouble.service(), this::groundsOf)
        : own;
  }

  private Set<String> groundsOf(String service) {
    LinkedHashSet<String> found = new LinkedHashSet<>();
    graph.members(service).forEach(id -> found.addAll(graph.ancestors(id)));
    return found;
  }
}
