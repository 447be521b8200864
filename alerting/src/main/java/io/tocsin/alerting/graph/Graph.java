package io.tocsin.alerting.graph;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The inventory as a graph: runs-on edges between resources (container → VM → host) and depends-on
 * edges between services.
 *
 * <p>Kept up to date one resource at a time, each in time proportional to its own edges. All it
 * says depends on the resources it holds alone, not on the order in which they came. A mistake in
 * the inventory, such as a cycle or a parent nobody knows, is followed as far as it makes sense.
 * Not thread-safe.
 *
 * <p>A resource of no service that depends on services stands for itself: its id takes the place of
 * the service's name.
 */
public final class Graph {

  private final Map<String, Resource> resources = new HashMap<>();
  private final Edges guests = new Edges();
  private final Edges members = new Edges();
  private final Edges dependants = new Edges();

  /** Adds a resource, or replaces what was known of it. Says whether that changes anything. */
  public boolean put(Resource resource) {
    Resource known = resources.get(resource.getId());
    if (resource.equals(known)) {
      return false;
    }
    remove(resource.getId());
    String id = resource.getId();
    resources.put(id, resource);
    guests.add(resource.getParent(), id);
    members.add(ownService(resource), id);
    resource.getDependsOn().forEach(service -> dependants.add(service, id));
    return true;
  }

  /** Forgets a resource; its guests still name it as their parent. Says whether it was known. */
  public boolean remove(String id) {
    Resource known = resources.remove(id);
    if (known == null) {
      return false;
    }
    guests.remove(known.getParent(), id);
    members.remove(ownService(known), id);
    known.getDependsOn().forEach(service -> dependants.remove(service, id));
    return true;
  }

  /** What the inventory says of a resource. */
  public Optional<Resource> resource(String id) {
    return Optional.ofNullable(resources.get(id));
  }

  /** Ids of all resources, in alphabetical order. */
  public SortedSet<String> ids() {
    return new TreeSet<>(resources.keySet());
  }

  /** What it runs on, nearest first; each once, also where the inventory runs in circles. */
  public List<String> ancestors(String id) {
    LinkedHashSet<String> found = new LinkedHashSet<>();
    for (String at = parent(id); at != null && !at.equals(id) && found.add(at); ) {
      at = parent(at);
    }
    return List.copyOf(found);
  }

  /** Whether it runs on the other, perhaps by way of others. */
  public boolean runsOn(String id, String ancestor) {
    return ancestors(id).contains(ancestor);
  }

  /** Whether others run on it. */
  public boolean isHost(String id) {
    return !guests.of(id).isEmpty();
  }

  /** What runs on it directly. */
  public SortedSet<String> directGuests(String id) {
    return guests.of(id);
  }

  /** All that runs on it, directly or by way of others, nearest first. */
  public Set<String> guests(String id) {
    return reach(id, guests::of).keySet();
  }

  /** The nearest thing that both run on, or that one of them is and the other runs on. */
  public Optional<String> commonAncestor(String a, String b) {
    Set<String> ofB = new LinkedHashSet<>(ancestors(b));
    ofB.add(b);
    return ofB.contains(a)
        ? Optional.of(a)
        : ancestors(a).stream().filter(ofB::contains).findFirst();
  }

  /** The name of the service it belongs to; a resource of kind SERVICE is its own. */
  public Optional<String> service(String id) {
    return resource(id).map(Graph::ownService);
  }

  /** Ids of what belongs to a service. */
  public SortedSet<String> members(String service) {
    return members.of(service);
  }

  /** Names of the services that something belongs to. */
  public SortedSet<String> services() {
    return members.keys();
  }

  /** The services that a service depends on without a detour. */
  public SortedSet<String> directDependencies(String service) {
    SortedSet<String> found = new TreeSet<>();
    members(service).forEach(id -> found.addAll(resources.get(id).getDependsOn()));
    Resource itself = resources.get(service);
    if (itself != null && ownService(itself) == null) {
      found.addAll(itself.getDependsOn());
    }
    return found;
  }

  /** All services that a service depends on, directly or by way of others, nearest first. */
  public Set<String> dependencies(String service) {
    return reach(service, this::directDependencies).keySet();
  }

  /** The services that depend on a service without a detour. */
  public SortedSet<String> directDependants(String service) {
    SortedSet<String> found = new TreeSet<>();
    dependants.of(service).forEach(id -> found.add(node(id)));
    return found;
  }

  /** All services that depend on a service, directly or by way of others, nearest first. */
  public Set<String> dependants(String service) {
    return reach(service, this::directDependants).keySet();
  }

  /**
   * The way from a service to one that it depends on, both included; empty if it does not. The
   * shortest, and of those the first in the alphabet.
   */
  public List<String> dependencyPath(String from, String to) {
    Map<String, String> reached = reach(from, this::directDependencies);
    if (!reached.containsKey(to)) {
      return List.of();
    }
    List<String> path = new ArrayList<>();
    for (String at = to; !at.equals(from); at = reached.get(at)) {
      path.add(0, at);
    }
    path.add(0, from);
    return List.copyOf(path);
  }

  /** How {@code a} hangs together with {@code b}; the closest relation if there are several. */
  public Optional<Relation> related(String a, String b) {
    return new Relatives(this).of(a, b);
  }

  /** What stands for a resource among those that depend on each other. */
  String node(String id) {
    return service(id).orElse(id);
  }

  private String parent(String id) {
    Resource resource = resources.get(id);
    return resource == null ? null : resource.getParent();
  }

  private static String ownService(Resource resource) {
    boolean isService = resource.getKind() == ResourceKind.SERVICE && resource.getService() == null;
    return isService ? resource.getName() : resource.getService();
  }

  /** All that can be reached, without the start, nearest first; each with where it came from. */
  private static Map<String, String> reach(String start, Function<String, SortedSet<String>> next) {
    Map<String, String> from = new LinkedHashMap<>();
    ArrayDeque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String at = open.poll();
      for (String id : next.apply(at)) {
        if (!id.equals(start) && from.putIfAbsent(id, at) == null) {
          open.add(id);
        }
      }
    }
    return from;
  }
}
