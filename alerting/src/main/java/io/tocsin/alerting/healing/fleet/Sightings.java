package io.tocsin.alerting.healing.fleet;

import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest probe of every resource by every agent that probes it. One thread writes, any may
 * read.
 */
public final class Sightings {

  /** Clocks of two machines may differ; a probe from further ahead would hide all real ones. */
  static final Duration AHEAD_AT_MOST = Duration.ofMinutes(1);

  /** More than any fleet this is meant for; ids are text from a topic, memory is not endless. */
  private static final int MOST_RESOURCES = 200_000;

  private static final int MOST_AGENTS = 50;

  /** What became of a probe. */
  public enum Taken {
    /** It is the newest of its agent. */
    NEWEST,
    /** Its agent has seen something later already. */
    LATE,
    /** It is from too far ahead. */
    FUTURE,
    /** There are too many resources, or too many agents that probe this one. */
    TOO_MANY
  }

  private final Map<String, Map<String, Sighting>> byResource = new ConcurrentHashMap<>();

  /** Takes a probe in. */
  public Taken accept(Probe probe, Instant now) {
    if (probe.getAt().isAfter(now.plus(AHEAD_AT_MOST))) {
      return Taken.FUTURE;
    }
    Map<String, Sighting> known = byResource.get(probe.getResourceId());
    Sighting sighting = Sighting.of(probe);
    if (known == null ? byResource.size() >= MOST_RESOURCES : isCrowded(known, sighting)) {
      return Taken.TOO_MANY;
    }
    Map<String, Sighting> agents =
        byResource.computeIfAbsent(probe.getResourceId(), id -> new ConcurrentHashMap<>());
    Sighting before = agents.get(sighting.agent());
    if (before != null && !sighting.at().isAfter(before.at())) {
      return Taken.LATE;
    }
    agents.put(sighting.agent(), before == null ? sighting : sighting.following(before));
    return Taken.NEWEST;
  }

  private static boolean isCrowded(Map<String, Sighting> known, Sighting sighting) {
    return known.size() >= MOST_AGENTS && !known.containsKey(sighting.agent());
  }

  /** What each agent has seen of a resource last. */
  public Collection<Sighting> of(String resourceId) {
    return byResource.getOrDefault(resourceId, Map.of()).values();
  }

  /** How a resource stands, by all who look. */
  public Reading reading(String resourceId, Instant now) {
    return Reading.of(List.copyOf(of(resourceId)), now);
  }

  /** Whether anybody has ever probed it. */
  public boolean isProbed(String resourceId) {
    return byResource.containsKey(resourceId);
  }

  /** Ids of all that is probed. */
  public Set<String> ids() {
    return Set.copyOf(byResource.keySet());
  }

  /** Forgets a resource that is gone. */
  public void forget(String resourceId) {
    byResource.remove(resourceId);
  }

  /** Forgets what was seen before a time and never again. */
  public void forgetBefore(Instant limit) {
    byResource.values().forEach(seen -> seen.values().removeIf(one -> one.at().isBefore(limit)));
    byResource.values().removeIf(Map::isEmpty);
  }
}
