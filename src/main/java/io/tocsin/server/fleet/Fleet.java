package io.tocsin.server.fleet;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The inventory, what checks of it say, and when each was heard of last. Bounded as the inventory
 * is; of what is heard of resources that it does not have, the newest {@value #HEARD_KEPT} stay.
 */
public final class Fleet extends View {

  static final int HEARD_KEPT = 20_000;

  private final TreeMap<String, Resource> resources = new TreeMap<>();
  private final Graph graph = new Graph();
  private final Newest<Probe> probes = new Newest<>(HEARD_KEPT);
  private final Newest<Instant> seen = new Newest<>(HEARD_KEPT);
  private List<Resource> inventory;

  @Override
  protected boolean take(Received<?> received) {
    Object value = received.value();
    if (value instanceof Window window) {
      return saw(window.getResourceId(), window.getLatestAt());
    } else if (value instanceof LatencyWindow window) {
      return saw(window.getResourceId(), window.getLatestAt());
    } else if (value instanceof ThroughputWindow window) {
      return saw(window.getResourceId(), window.getLatestAt());
    } else if (value instanceof Measurement measurement) {
      return saw(measurement.getResourceId(), measurement.getAt());
    } else if (value instanceof Probe probe) {
      probes.put(probe.getResourceId(), probe);
      return saw(probe.getResourceId(), probe.getAt());
    }
    return received.topic().name().equals(Topics.RESOURCES.name())
        && received.as(Topics.RESOURCES).map(this::add).orElseGet(() -> remove(received.key()));
  }

  private boolean saw(String id, Instant at) {
    Instant before = seen.get(id);
    seen.put(id, before != null && before.isAfter(at) ? before : at);
    return true;
  }

  private boolean add(Resource resource) {
    if (resource.equals(resources.put(resource.getId(), resource))) {
      return false;
    }
    graph.put(resource);
    inventory = null;
    return true;
  }

  private boolean remove(String id) {
    if (resources.remove(id) == null) {
      return false;
    }
    graph.remove(id);
    probes.remove(id);
    seen.remove(id);
    inventory = null;
    return true;
  }

  /** How many resources there are. */
  public synchronized int size() {
    return resources.size();
  }

  /** Resources in the order of their ids; the same list as long as they are the same. */
  public synchronized List<Resource> inventory() {
    if (inventory == null) {
      inventory = List.copyOf(resources.values());
    }
    return inventory;
  }

  /** One of them. */
  public synchronized Optional<Resource> resource(String id) {
    return Optional.ofNullable(resources.get(id));
  }

  /** Asks how they hang together; the question has to be answered at once, and keep nothing. */
  public synchronized <T> T ask(Function<Graph, T> question) {
    return question.apply(graph);
  }

  /** The newest check of a resource. */
  synchronized Optional<Probe> probe(String id) {
    return Optional.ofNullable(probes.get(id));
  }

  /** When a resource was heard of last, by its own time. */
  synchronized Optional<Instant> lastSeen(String id) {
    return Optional.ofNullable(seen.get(id));
  }

  /** What the endpoints of each service say. */
  synchronized Map<String, Tally> tallies(Instant now) {
    Map<String, Tally> tallies = new HashMap<>();
    for (Probe probe : probes.oldestFirst()) {
      if (probe.getService() != null) {
        boolean silent = Standing.isSilent(probe.getIntervalMs(), probe.getAt(), now);
        tallies.merge(
            probe.getService(),
            Tally.NONE.with(probe.getHealth(), silent),
            (known, one) ->
                new Tally(
                    known.up() + one.up(), known.down() + one.down(), known.all() + one.all()));
      }
    }
    return tallies;
  }

  /**
   * How each resource stands, in the order of the inventory.
   *
   * @param isShort ids of those that have a bottleneck
   */
  synchronized FleetView standings(
      Map<String, WorstIncident> worst,
      Set<String> isShort,
      Map<String, Tally> tallies,
      Instant now) {
    Standing[] standings =
        inventory().stream()
            .map(
                resource -> {
                  String id = resource.getId();
                  Probe probe = probes.get(id);
                  WorstIncident incident = worst.get(id);
                  boolean silent = Standing.isSilent(resource.getIntervalMs(), seen.get(id), now);
                  Tally tally =
                      resource.getKind() == ResourceKind.SERVICE
                          ? tallies.get(resource.getName())
                          : null;
                  return Standing.of(
                      tally != null ? tally.health() : probe == null ? null : probe.getHealth(),
                      silent,
                      isShort.contains(id),
                      incident == null ? null : incident.priority());
                })
            .toArray(Standing[]::new);
    return new FleetView(inventory(), standings);
  }

  /** Ids of what runs on a resource directly, or belongs to it if it is a service. */
  synchronized List<Resource> children(Resource of) {
    Set<String> ids =
        of.getKind() == ResourceKind.SERVICE
            ? graph.members(of.getName())
            : graph.directGuests(of.getId());
    return ids.stream()
        .filter(id -> !id.equals(of.getId()))
        .map(resources::get)
        .filter(known -> known != null)
        .sorted(Comparator.comparing(Resource::getId))
        .toList();
  }

  /** What a resource runs on, nearest first, as far as it is known. */
  synchronized List<Resource> parents(String id) {
    return graph.ancestors(id).stream().map(resources::get).filter(known -> known != null).toList();
  }
}
