package io.tocsin.alerting.incidents;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the open incidents that may have to do with a new alert. Rather too many than too few. */
final class Neighbours {

  private final Surroundings around;
  private final Services services;

  Neighbours(Surroundings around) {
    this.around = around;
    this.services = new Services(around.graph());
  }

  /** Ids of the incidents, in order. */
  Set<String> of(Member fresh, Casebook book) {
    Trouble trouble = Trouble.of(List.of(fresh).stream(), services).get(0);
    Set<String> resources = new LinkedHashSet<>();
    resources.add(fresh.resourceId());
    Set<String> nodes = new LinkedHashSet<>();
    if (!trouble.isSecurity()) {
      around
          .grounds(trouble)
          .forEach(
              ground -> {
                resources.add(ground);
                resources.addAll(around.guests(ground));
              });
      resources.addAll(around.guests(fresh.resourceId()));
      String node = Services.node(trouble);
      nodes.add(node);
      nodes.addAll(around.dependencies(node));
      nodes.addAll(around.dependants(node));
      resources.forEach(id -> around.graph().service(id).ifPresent(nodes::add));
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
