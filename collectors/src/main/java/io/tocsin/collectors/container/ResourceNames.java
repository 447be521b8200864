package io.tocsin.collectors.container;

import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Resource ids of containers. One is given once and kept for as long as its container is known,
 * whatever it is renamed to; after that another container of the same name may have it.
 */
final class ResourceNames {

  private static final int SHORT = 12;

  private final String host;
  private final Map<String, String> given = new HashMap<>();

  ResourceNames(String host) {
    this.host = host;
  }

  /** The resource id of a container. */
  String of(String container, List<String> names) {
    String known = given.get(container);
    if (known != null) {
      return known;
    }
    String id = id(names.stream());
    String beginning = container.substring(0, Math.min(SHORT, container.length()));
    for (String more : List.of(beginning, container, beginning + "." + container)) {
      if (!given.containsValue(id)) {
        break;
      }
      id = id(Stream.concat(names.stream(), Stream.of(more)));
    }
    given.put(container, id);
    return id;
  }

  private String id(Stream<String> names) {
    return ResourceIds.of(
        ResourceKind.CONTAINER, Stream.concat(Stream.of(host), names).toArray(String[]::new));
  }

  /** Forgets all containers but these. */
  void keep(Set<String> containers) {
    given.keySet().retainAll(containers);
  }
}
