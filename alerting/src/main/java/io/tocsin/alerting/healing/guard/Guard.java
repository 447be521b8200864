package io.tocsin.alerting.healing.guard;

import java.util.Optional;

/** One reason not to act. Pure: the same situation gives the same answer. */
@FunctionalInterface
interface Guard {

  /** Its objection; empty if it has none. */
  Optional<Decision> objection(Situation situation);

  static Optional<Decision> refuse(String guard, String reason) {
    return Optional.of(new Decision.Refuse(guard, reason));
  }

  /** Waits for at most half of the plan's time. */
  static Optional<Decision> await(String guard, String reason) {
    return Optional.of(new Decision.Wait(guard, reason, null));
  }
}
