package io.tocsin.collectors.security;

import java.util.Optional;

/** Finds out what an event does not tell of its container. */
@FunctionalInterface
interface ContainerLookup extends AutoCloseable {

  /**
   * Looks a container up.
   *
   * @return empty if it is gone, or cannot be looked up now
   */
  Optional<ContainerFacts> find(String containerId);

  /** Ends a look-up on another thread that takes too long; to be called at each pass. */
  default void endSlowCall() {}

  @Override
  default void close() {}
}
