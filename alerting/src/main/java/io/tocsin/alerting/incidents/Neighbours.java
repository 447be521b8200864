package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the open incidents that may have to do with a new alert. Rather too many than too few. */
final class Neighbours {

  private final Graph graph;
  private final Services services;
  private final Grounds grounds;

  Neighbours(Graph graph) {
    this.graph = graph;
    this.services = new Services(graph);
    this.grounds = new Grounds(graph);
  }

  /** Ids of the incidents, in order. */
  Set<String> of(Member fresh, Casebook book) {
    Trouble trouble = Trouble.of(List.of(fresh).stream(), services).get(0);
    Set<String> resources = new LinkedHashSet<>();
    resources.add(fresh.resourceId());
    Set<String> nodes = new LinkedHashSet<>();
    if (!trouble.isSecurity()) {
      Set<String> under = grounds.of(trouble);
      resources.addAll(under);
      under.forEach(ground -> resources.addAll(graph.guests(ground)));
      resources.addAll(graph.guests(fresh.resourceId()));
      String node = services.node(trouble);
      nodes.add(node);
      nodes.addAll(graph.dependencies(node));
      nodes.addAll(graph.dependants(node));
      resources.forEach(id -> graph.service(id).ifPresent(nodes::add));
    }
    Set<String> found = new TreeSet<>();
    resources.forEach(id -> book.alertsAt(id).forEach(member -> add(found, member, book)));
    nodes.forEach(node -> book.alertsOfNode(node).forEach(member -> add(found, member, book)));
    return found;
  }

  private static void add(Set<String> found, Member member, Casebook book) {
    Case open = book.openCaseOf(member);
    if (open != null) {
      found.add(open.id());
    }
  }
}
