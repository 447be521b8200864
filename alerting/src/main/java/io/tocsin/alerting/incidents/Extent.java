package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of a service answers no more, and how much depends on it. Remembers what it worked out,
 * so one serves one look at the book only.
 */
final class Extent {

  /**
   * How much of a service is down.
   *
   * @param down members that answer no more, or run on something that does not
   * @param known members of which it is known how they are; one whose health is unknown is not
   *     shown to work
   * @param core why it is core, in words; null if it is not
   */
  record Share(int down, int known, String core) {
    boolean isWhole() {
      return down >= known;
    }
  }

  private final Graph graph;
  private final Surroundings around;
  private final Casebook book;
  private final Map<String, Share> shares = new HashMap<>();

  Extent(Surroundings around, Casebook book) {
    this.graph = around.graph();
    this.around = around;
    this.book = book;
  }

  /** Of a service; empty counts where the inventory knows no member. */
  Share of(String service) {
    return shares.computeIfAbsent(service, this::work);
  }

  private Share work(String service) {
    int down = 0;
    int known = 0;
    for (String member : counted(service)) {
      boolean isDown = isDown(member) || around.ancestors(member).stream().anyMatch(this::isDown);
      boolean isKnown = isDown || !isUnknown(member);
      down += isDown ? 1 : 0;
      known += isKnown ? 1 : 0;
    }
    return new Share(down, known, core(service));
  }

  /** Endpoints show whether a service answers; where it has none, what it is made of does. */
  private List<String> counted(String service) {
    List<Resource> parts =
        graph.members(service).stream()
            .map(graph::resource)
            .flatMap(Optional::stream)
            .filter(resource -> resource.getKind() != ResourceKind.SERVICE)
            .toList();
    List<String> endpoints =
        parts.stream()
            .filter(resource -> resource.getKind() == ResourceKind.ENDPOINT)
            .map(Resource::getId)
            .toList();
    return endpoints.isEmpty() ? parts.stream().map(Resource::getId).toList() : endpoints;
  }

  private boolean isDown(String resourceId) {
    return book.alertsAt(resourceId).stream()
        .anyMatch(
            member ->
                member.alert().getUnavailable()
                    && !member.isCleared()
                    && book.openCaseOf(member) != null);
  }

  private boolean isUnknown(String resourceId) {
    return book.alertsAt(resourceId).stream()
        .filter(member -> speaksOfHealth(member.alert()))
        .anyMatch(member -> member.alert().getState() == AlertState.UNKNOWN);
  }

  /** Whether it is about whether a resource answers, rather than how well. */
  static boolean speaksOfHealth(Alert alert) {
    return alert.getUnavailable()
        || alert.getSignal().equals("health")
        || alert.getSignal().equals("absence");
  }

  /** A service is core if it says so, or if one that depends on it does. */
  private String core(String service) {
    if (saysCore(service)) {
      return "core";
    }
    return around.dependants(service).stream()
        .filter(this::saysCore)
        .findFirst()
        .map(dependant -> "needed by core service " + dependant)
        .orElse(null);
  }

  private boolean saysCore(String service) {
    return Stream.concat(graph.members(service).stream(), Stream.of(service))
        .anyMatch(
            id ->
                graph.resource(id).filter(resource -> resource.getTier() == Tier.CORE).isPresent());
  }
}
