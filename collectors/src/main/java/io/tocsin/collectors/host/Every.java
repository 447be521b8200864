package io.tocsin.collectors.host;

import java.time.Duration;
import java.time.Instant;

/** Tells which of the passes, which come more often, a slow part is read in: the first is one. */
final class Every {

  private final Duration interval;
  private Instant last;

  /**
   * A part that is read at about that interval.
   *
   * @param pass time between two passes; half of it is the slack, since passes are never on the dot
   */
  Every(Duration interval, Duration pass) {
    this.interval = interval.minus(pass.dividedBy(2));
  }

  /** Whether it is to be read in this pass. A clock that was set back does not stop it. */
  boolean due(Instant now) {
    if (last == null || now.isBefore(last) || !now.isBefore(last.plus(interval))) {
      last = now;
      return true;
    }
    return false;
  }
}
