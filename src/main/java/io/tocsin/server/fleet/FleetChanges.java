package io.tocsin.server.fleet;

import java.util.Optional;

/**
 * Says what changed since it was asked last. What nobody asked about for a while is told in one
 * when somebody does, so that nothing is missed between two. Not thread-safe.
 */
public final class FleetChanges {

  private final FleetBoard board;
  private FleetSnapshot told;

  /** From now on. */
  public FleetChanges(FleetBoard board) {
    this.board = board;
  }

  /** What changed; empty if nothing did. */
  public Optional<FleetChange> next() {
    FleetSnapshot now = board.now();
    FleetSnapshot before = told;
    told = now;
    return before == null || before.version() == now.version()
        ? Optional.empty()
        : Optional.of(FleetChange.between(before, now));
  }
}
