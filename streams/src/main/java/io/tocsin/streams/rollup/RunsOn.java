package io.tocsin.streams.rollup;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Follows the runs-on edges of the inventory: container to VM or host, VM to host. */
public final class RunsOn {

  /** A VM in a VM in a host is the deepest there is in practice; a longer chain is a circle. */
  private static final int STEPS = 5;

  private static final String HOST = "host/";

  private RunsOn() {}

  /**
   * Name of the host that a resource runs on, itself not counted.
   *
   * @param parentOf id to the id of what it runs on; null where that is not known or there is none
   * @return empty where the chain does not end at a host
   */
  public static Optional<String> host(String resourceId, UnaryOperator<String> parentOf) {
    String at = resourceId;
    for (int step = 0; step <= STEPS; step++) {
      String parent = parentOf.apply(at);
      if (parent == null) {
        return at.startsWith(HOST) && !at.equals(resourceId)
            ? Optional.of(at.substring(HOST.length()))
            : Optional.empty();
      }
      at = parent;
    }
    return Optional.empty();
  }
}
