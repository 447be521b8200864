package io.tocsin.history;

import java.time.Clock;

/**
 * How many updates of open windows are written. They are what lets a board show the last seconds;
 * each is written over by the next, so of a large fleet, whose updates alone would keep the store
 * busy, only what fits is written. Final windows do not come here. Not thread-safe.
 */
final class UpdateBudget {

  /** A thousand resources that report once a second: what a store on two cores takes in passing. */
  private static final double PER_SECOND = 1_000;

  private static final double MS_PER_S = 1_000;

  private final Clock clock;
  private final double perSecond;
  private double left;
  private long refilledAt;

  UpdateBudget(Clock clock) {
    this(clock, PER_SECOND);
  }

  /** The same for something else. */
  UpdateBudget(Clock clock, double perSecond) {
    this.perSecond = perSecond;
    this.left = perSecond;
    this.clock = clock;
    this.refilledAt = clock.millis();
  }

  /** Whether one more may be written now. */
  boolean take() {
    long now = clock.millis();
    left = Math.min(perSecond, left + Math.max(0, now - refilledAt) * perSecond / MS_PER_S);
    refilledAt = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
