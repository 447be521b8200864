package io.tocsin.alerting.graph;

import io.tocsin.alerting.graph.Relation.Kind;
import java.util.List;
import java.util.Optional;

/** Finds the closest relation between two resources, and says it in words. */
final class Relatives {

  private final Graph graph;

  Relatives(Graph graph) {
    this.graph = graph;
  }

  Optional<Relation> of(String a, String b) {
    if (a.equals(b)) {
      return relation(Kind.SAME, "is " + b);
    } else if (graph.runsOn(a, b)) {
      return relation(Kind.RUNS_ON, "runs on " + b);
    } else if (graph.runsOn(b, a)) {
      return relation(Kind.HOSTS, "is what " + b + " runs on");
    }
    String serviceA = graph.node(a);
    String serviceB = graph.node(b);
    if (serviceA.equals(serviceB)) {
      return relation(Kind.SAME_SERVICE, "belongs to service " + serviceA + " as " + b + " does");
    }
    return bySharedHost(a, b, serviceA, serviceB).or(() -> byDependency(serviceA, serviceB));
  }

  private Optional<Relation> bySharedHost(String a, String b, String serviceA, String serviceB) {
    Optional<String> guest = memberOn(serviceA, b);
    if (guest.isPresent()) {
      return relation(
          Kind.SERVICE_RUNS_ON,
          "belongs to service " + serviceA + ", whose " + guest.get() + " runs on " + b);
    }
    return memberOn(serviceB, a)
        .map(
            id ->
                new Relation(
                    Kind.HOSTS_SERVICE_OF,
                    "is what " + id + " runs on, of " + b + "'s service " + serviceB));
  }

  private Optional<String> memberOn(String service, String host) {
    return graph.isHost(host)
        ? graph.members(service).stream().filter(id -> graph.runsOn(id, host)).findFirst()
        : Optional.empty();
  }

  private Optional<Relation> byDependency(String serviceA, String serviceB) {
    List<String> path = graph.dependencyPath(serviceA, serviceB);
    if (!path.isEmpty()) {
      return relation(Kind.DEPENDS_ON, chain(path));
    }
    List<String> back = graph.dependencyPath(serviceB, serviceA);
    return back.isEmpty()
        ? Optional.empty()
        : relation(Kind.DEPENDED_ON_BY, "is needed: " + chain(back));
  }

  private static String chain(List<String> path) {
    return "service " + String.join(", which depends on ", path).replaceFirst(", which", "");
  }

  private static Optional<Relation> relation(Kind kind, String sentence) {
    return Optional.of(new Relation(kind, sentence));
  }
}
