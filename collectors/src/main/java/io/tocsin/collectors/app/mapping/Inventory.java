package io.tocsin.collectors.app.mapping;

import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The services and endpoints that figures were measured on. Their names come from outside, so there
 * is a limit; one that has not been heard of for an hour makes room for a new one. Not thread-safe.
 */
public final class Inventory {

  /** More services and endpoints than one agent has to do with. */
  static final int MOST = 1_000;

  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final int LONGEST_NAME = 255;

  private record Key(ResourceKind kind, String name) {}

  private static final class Entry {
    final Subject subject;
    Resource resource;
    Instant seen;

    Entry(Subject subject, Resource resource) {
      this.subject = subject;
      this.resource = resource;
    }
  }

  private final Clock clock;
  private final long intervalMs;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private List<Resource> resources = List.of();
  private boolean changed;

  /**
   * An empty one.
   *
   * @param interval how often the resources are expected to report; zero where nothing is
   */
  public Inventory(Duration interval, Clock clock) {
    this.intervalMs = interval.toMillis();
    this.clock = clock;
  }

  /** All of them; the same list while nothing has changed. */
  public List<Resource> resources() {
    if (changed) {
      resources = entries.values().stream().map(entry -> entry.resource).toList();
      changed = false;
    }
    return resources;
  }

  /**
   * A service, put on the list; null if there are too many. Upper and lower case make no
   * difference, since every language's libraries write a service's name their own way.
   */
  public Subject service(String name, Tier tier, Instant now) {
    String lower = name.toLowerCase(Locale.ROOT);
    return subject(new Key(ResourceKind.SERVICE, lower), lower, tier, now);
  }

  /** An endpoint of a service, put on the list; null if there are too many. */
  public Subject endpoint(String name, String service, Tier tier, Instant now) {
    Key key = new Key(ResourceKind.ENDPOINT, name.toLowerCase(Locale.ROOT));
    return subject(key, service.toLowerCase(Locale.ROOT), tier, now);
  }

  private Subject subject(Key key, String service, Tier tier, Instant now) {
    Entry entry = entries.get(key);
    if (entry == null) {
      if (entries.size() >= MOST) {
        forget(now);
      }
      if (entries.size() >= MOST) {
        return null;
      }
      entry = entry(key, service, tier);
      entries.put(key, entry);
      changed = true;
    } else if (more(tier, entry.resource.getTier())) {
      entry.resource = Resource.newBuilder(entry.resource).setTier(tier).build();
      changed = true;
    }
    entry.seen = now;
    return entry.subject;
  }

  private Entry entry(Key key, String service, Tier tier) {
    String id = ResourceIds.of(key.kind(), key.name());
    String serviceName = serviceName(service);
    return new Entry(
        new Subject(id, key.kind(), serviceName),
        Resource.newBuilder()
            .setId(id)
            .setKind(key.kind())
            .setName(shown(key.name()))
            .setService(serviceName)
            .setTier(tier)
            .setIntervalMs(intervalMs)
            .setUpdatedAt(clock.instant())
            .build());
  }

  /** The name by which other resources name the service too: its id without the kind. */
  private static String serviceName(String name) {
    return ResourceIds.of(ResourceKind.SERVICE, name).substring("service/".length());
  }

  private static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", " ");
    return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
  }

  /** CORE is more than NON_CORE, and that is more than not knowing: two rules may disagree. */
  private static boolean more(Tier tier, Tier than) {
    return tier.ordinal() < than.ordinal();
  }

  private void forget(Instant now) {
    Instant forgotten = now.minus(FORGOTTEN_AFTER);
    changed |= entries.values().removeIf(entry -> entry.seen.isBefore(forgotten));
  }
}
