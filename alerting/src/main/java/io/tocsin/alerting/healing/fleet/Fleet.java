package io.tocsin.alerting.healing.fleet;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where everything is: the service and the machine by the inventory's edges, zone and environment
 * by the configuration's globs over ids. Labels decide nothing: whoever controls a machine controls
 * its labels. Not thread-safe.
 */
public final class Fleet {

  private final Map<String, List<String>> zones;
  private final Map<String, List<String>> environments;
  private final Graph graph = new Graph();
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> checked = new HashSet<>();

  /** A fleet of which only the configuration is known. */
  public Fleet(HealingConfig config) {
    this.zones = config.zones();
    this.environments = config.environments();
  }

  /** Enters a resource, or what is new of it; null for one that is gone. */
  public void put(String id, Resource resource) {
    if (resource == null ? graph.remove(id) : graph.put(resource)) {
      places.clear();
      checked.remove(id);
      if (resource != null && isChecked(resource)) {
        checked.add(id);
      }
    }
  }

  /** Ids of the endpoints that somebody is to probe, whether anybody has been seen to or not. */
  public Set<String> checked() {
    return Collections.unmodifiableSet(checked);
  }

  /**
   * By what checks and network paths write into the inventory; endpoints that applications report
   * have no target. A label that lies can make healing more careful here, nothing else.
   */
  private static boolean isChecked(Resource resource) {
    return resource.getKind() == ResourceKind.ENDPOINT
        && resource.getIntervalMs() > 0
        && resource.getLabels().containsKey("target");
  }

  /** What the inventory says of a resource. */
  public Optional<Resource> resource(String id) {
    return graph.resource(id);
  }

  /** What it runs on, nearest first. */
  public List<String> ancestors(String id) {
    return graph.ancestors(id);
  }

  /** Where it is. */
  public Place place(String id) {
    return places.computeIfAbsent(id, this::find);
  }

  /**
   * The class of a target by which trust is kept: its kind, and behind an {@code @} its environment
   * if it has one, such as {@code container@production}.
   */
  public String targetClass(String id) {
    String kind = id.substring(0, Math.max(0, id.indexOf('/')));
    String environment = place(id).environment();
    return environment.isEmpty() ? kind : kind + "@" + environment;
  }

  private Place find(String id) {
    List<String> chain = new ArrayList<>(List.of(id));
    chain.addAll(graph.ancestors(id));
    return new Place(
        graph.service(id).orElse(""), host(chain), first(zones, chain), first(environments, chain));
  }

  private String host(List<String> chain) {
    return chain.stream().filter(this::isHost).findFirst().orElse("");
  }

  private boolean isHost(String id) {
    return graph
        .resource(id)
        .map(resource -> resource.getKind() == ResourceKind.HOST)
        .orElse(id.startsWith("host/"));
  }

  private static String first(Map<String, List<String>> named, List<String> chain) {
    return named.entrySet().stream()
        .filter(entry -> chain.stream().anyMatch(id -> Glob.any(entry.getValue(), id)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
