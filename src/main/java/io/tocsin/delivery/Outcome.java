package io.tocsin.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a rollout ended. */
public sealed interface Outcome {

  /** Every target has the version. */
  record Done() implements Outcome {}

  /**
   * Every target has the version before, is ready, and was looked at.
   *
   * @param reasons why it went back
   * @param within from the first bad look to the last target being back and ready; empty where no
   *     look was bad, but somebody wanted it so
   */
  record RolledBack(List<String> reasons, Optional<Duration> within) implements Outcome {}

  /**
   * Some target is not back.
   *
   * @param reasons why it went back
   * @param todo what a person has to see to, a line each
   */
  record RollbackFailed(List<String> reasons, List<String> todo) implements Outcome {}

  /** Nothing was changed, because it was not well before; {@code reasons} says what. */
  record NotBegun(List<String> reasons) implements Outcome {}
}
