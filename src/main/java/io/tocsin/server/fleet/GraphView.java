package io.tocsin.server.fleet;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How resources hang together, as nodes and edges. A service that is in the inventory by name only
 * has the node {@code service/<name>}.
 */
public record GraphView(List<Node> nodes, List<Edge> edges) {

  /** Nodes of one answer, at most: more than anybody can look at. */
  public static final int MOST_NODES = 500;

  /** A resource, and how it stands. */
  public record Node(String id, String kind, String name, String state) {}

  /**
   * What one resource is to another.
   *
   * @param kind {@code runs-on}, {@code depends-on} or {@code part-of}
   */
  public record Edge(String from, String to, String kind) {}

  /**
   * What lies around a resource, nearest first.
   *
   * @param depth how many edges away, at most
   * @param state how a resource stands, by id
   */
  static GraphView around(Graph graph, String root, int depth, Function<String, String> state) {
    return of(graph, reach(graph, root, depth), state);
  }

  /** These resources, and the edges between them. */
  public static GraphView of(Graph graph, Set<String> ids, Function<String, String> state) {
    List<Node> nodes = new ArrayList<>();
    LinkedHashSet<Edge> edges = new LinkedHashSet<>();
    for (String id : ids) {
      Optional<Resource> known = graph.resource(id);
      nodes.add(
          new Node(
              id,
              known.map(resource -> resource.getKind().name()).orElse("SERVICE"),
              known.map(Resource::getName).orElse(id.substring(id.indexOf('/') + 1)),
              state.apply(id)));
      for (Edge edge : edgesFrom(graph, id)) {
        if (ids.contains(edge.to())) {
          edges.add(edge);
        }
      }
    }
    return new GraphView(nodes, List.copyOf(edges));
  }

  /** Ids of what lies around a resource, nearest first. */
  public static Set<String> reach(Graph graph, String root, int depth) {
    Map<String, Integer> found = new LinkedHashMap<>();
    found.put(root, 0);
    List<String> open = new ArrayList<>(List.of(root));
    for (int i = 0; i < open.size(); i++) {
      String at = open.get(i);
      int next = found.get(at) + 1;
      if (next > depth) {
        break; // nearest first: all that follow are as far away
      }
      for (String neighbour : neighbours(graph, at)) {
        if (found.size() < MOST_NODES && found.putIfAbsent(neighbour, next) == null) {
          open.add(neighbour);
        }
      }
    }
    return found.keySet();
  }

  /** Ids of what hangs together with a resource without a detour. */
  public static Set<String> neighbours(Graph graph, String id) {
    Set<String> found = new LinkedHashSet<>();
    edgesFrom(graph, id).forEach(edge -> found.add(edge.to()));
    found.addAll(graph.directGuests(id));
    serviceNamed(graph, id)
        .ifPresent(
            service -> {
              found.addAll(graph.members(service));
              graph.directDependants(service).forEach(each -> found.add(nodeOf(graph, each)));
            });
    found.remove(id);
    found.removeIf(each -> graph.resource(each).isEmpty() && !each.startsWith("service/"));
    return found;
  }

  /** Edges that begin at a resource: to what it runs on, belongs to and depends on. */
  private static List<Edge> edgesFrom(Graph graph, String id) {
    List<Edge> edges = new ArrayList<>();
    Optional<Resource> known = graph.resource(id);
    known
        .map(Resource::getParent)
        .filter(parent -> !parent.equals(id))
        .ifPresent(parent -> edges.add(new Edge(id, parent, "runs-on")));
    Optional<String> own = serviceNamed(graph, id);
    if (own.isEmpty()) {
      graph
          .service(id)
          .map(name -> nodeOf(graph, name))
          .ifPresent(service -> edges.add(new Edge(id, service, "part-of")));
      known.ifPresent(
          resource ->
              resource
                  .getDependsOn()
                  .forEach(name -> edges.add(new Edge(id, nodeOf(graph, name), "depends-on"))));
    } else {
      graph
          .directDependencies(own.get())
          .forEach(name -> edges.add(new Edge(id, nodeOf(graph, name), "depends-on")));
    }
    return edges;
  }

  /** The name of a service, if the node is one. */
  private static Optional<String> serviceNamed(Graph graph, String id) {
    Optional<Resource> known = graph.resource(id);
    if (known.isPresent()) {
      return known
          .filter(resource -> resource.getKind() == ResourceKind.SERVICE)
          .map(Resource::getName);
    }
    return id.startsWith("service/")
        ? Optional.of(id.substring("service/".length()))
        : Optional.empty();
  }

  /** The node of a service, or of the resource that stands for itself. */
  static String nodeOf(Graph graph, String name) {
    if (graph.resource(name).isPresent()) {
      return name;
    }
    return graph.members(name).stream()
        .filter(
            id ->
                graph
                    .resource(id)
                    .filter(each -> each.getKind() == ResourceKind.SERVICE)
                    .filter(each -> each.getName().equals(name))
                    .isPresent())
        .findFirst()
        .orElse("service/" + name);
  }
}
