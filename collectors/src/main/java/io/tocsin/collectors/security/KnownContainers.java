package io.tocsin.collectors.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and facts of the containers that events spoke of last. A container keeps the name under
 * which it was first met, as it keeps its resource id. Not thread-safe.
 */
final class KnownContainers {

  private static final int CAPACITY = 2_000;

  /** What is known of one; {@code facts} is null until they are needed. */
  private record Known(String name, ContainerFacts facts) {}

  private final ContainerLookup lookup;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > CAPACITY;
        }
      };

  KnownContainers(ContainerLookup lookup) {
    this.lookup = lookup;
  }

  /** The name it was first met under, which is {@code now} where that is this time. */
  String firstName(String containerId, String now) {
    return known.computeIfAbsent(containerId, id -> new Known(now, null)).name();
  }

  /** The same where it has been met. */
  Optional<String> nameOf(String containerId) {
    return Optional.ofNullable(known.get(containerId)).map(Known::name);
  }

  /** Facts about a container that has been met; empty where it could not be looked up. */
  Optional<ContainerFacts> facts(String containerId) {
    Known container = known.get(containerId);
    if (container != null && container.facts() != null) {
      return Optional.of(container.facts());
    }
    Optional<ContainerFacts> found = lookup.find(containerId);
    if (container != null && found.isPresent()) {
      known.put(containerId, new Known(container.name(), found.get()));
    }
    return found;
  }

  /** It is gone for good. */
  void forget(String containerId) {
    known.remove(containerId);
  }
}
