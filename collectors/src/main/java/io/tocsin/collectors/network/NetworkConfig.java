package io.tocsin.collectors.network;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that are probed from here. A null component takes its default.
 *
 * @param from what this end of the paths is called in the label {@code from}, at most 253
 *     characters; default: the agent's name
 * @param paths the paths; default: none
 */
public record NetworkConfig(String from, List<NetworkPath> paths) {

  /** No path. */
  public static final NetworkConfig DEFAULT = new NetworkConfig(null, null);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if two paths have the same id
   */
  public NetworkConfig {
    paths = paths == null ? List.of() : List.copyOf(paths);
    if (from != null && (from.isBlank() || from.length() > 253)) {
      throw new IllegalArgumentException("network: from must have 1 to 253 characters");
    }
    Set<String> ids = new HashSet<>();
    for (NetworkPath path : paths) {
      if (!ids.add(path.id())) {
        throw new IllegalArgumentException(
            "network path id '%s' is given twice; an id names one path".formatted(path.id()));
      }
    }
  }
}
