package io.tocsin.collectors.agent;

import io.tocsin.schemas.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The resources of all collectors of an agent: tells what has to be announced, and what is gone for
 * so long that it has to be removed. A resource that two collectors report on is gone when neither
 * does any more. Thread-safe.
 */
final class Inventory {

  /** A container that is restarted is not gone. */
  private static final long GONE_NANOS = Duration.ofMinutes(1).toNanos();

  private static final class Owner {
    private List<Resource> seen;
    private Map<String, Resource> described = Map.of();
  }

  private final Map<String, Owner> owners = new HashMap<>();
  private final Map<String, Long> goneSince = new HashMap<>();

  /**
   * What a collector reports on now. The same list as before is known to hold nothing new.
   *
   * @param complete whether what is not in it any more is gone
   * @return what is new or described differently
   */
  synchronized List<Resource> report(
      String collector, List<Resource> resources, boolean complete, long nowNanos) {
    Owner owner = owners.computeIfAbsent(collector, name -> new Owner());
    if (owner.seen == resources) {
      return List.of();
    }
    Map<String, Resource> before = owner.described;
    Map<String, Resource> after = complete ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
    List<Resource> changed = new ArrayList<>();
    for (Resource resource : resources) {
      Resource described = timeless(resource);
      if (!described.equals(before.get(resource.getId()))) {
        changed.add(resource);
      }
      after.put(resource.getId(), described);
      goneSince.remove(resource.getId());
    }
    owner.seen = complete ? resources : null;
    owner.described = after;
    miss(before, after, nowNanos);
    return changed;
  }

  /** A collector was stopped for good. */
  synchronized void leave(String collector, long nowNanos) {
    Owner owner = owners.remove(collector);
    if (owner != null) {
      miss(owner.described, Map.of(), nowNanos);
    }
  }

  private void miss(Map<String, Resource> before, Map<String, Resource> after, long nowNanos) {
    for (String id : before.keySet()) {
      if (!after.containsKey(id) && !knows(id)) {
        goneSince.putIfAbsent(id, nowNanos);
      }
    }
  }

  /** Ids of what is to be removed now; each is told once. */
  synchronized List<String> gone(long nowNanos) {
    List<String> gone = new ArrayList<>();
    Iterator<Map.Entry<String, Long>> missing = goneSince.entrySet().iterator();
    while (missing.hasNext()) {
      Map.Entry<String, Long> entry = missing.next();
      if (nowNanos - entry.getValue() >= GONE_NANOS) {
        gone.add(entry.getKey());
        missing.remove();
      }
    }
    return gone;
  }

  /** A description completed with what the other collectors say of the same resource. */
  synchronized Resource merged(Resource resource) {
    List<Resource> all =
        owners.values().stream()
            .map(owner -> owner.described.get(resource.getId()))
            .filter(Objects::nonNull)
            .toList();
    return all.size() < 2
        ? resource
        : Resource.newBuilder(Description.of(all)).setUpdatedAt(resource.getUpdatedAt()).build();
  }

  /** Whether some collector reports on it. */
  synchronized boolean knows(String id) {
    return owners.values().stream().anyMatch(owner -> owner.described.containsKey(id));
  }

  /** The same but for {@code collector}. */
  synchronized boolean knowsApartFrom(String collector, String id) {
    return owners.entrySet().stream()
        .anyMatch(
            owner ->
                !owner.getKey().equals(collector) && owner.getValue().described.containsKey(id));
  }

  private static Resource timeless(Resource resource) {
    return Resource.newBuilder(resource).setUpdatedAt(Instant.EPOCH).build();
  }
}
