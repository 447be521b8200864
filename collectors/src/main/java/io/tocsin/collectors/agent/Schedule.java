package io.tocsin.collectors.agent;

import java.time.Duration;

/**
 * Ticks at {@code start + n × interval}, so that slow passes do not add up to a drift. Ticks that
 * passed while a pass was running are left out and counted, never made up for in a burst. Pure
 * arithmetic on a monotonic clock in nanoseconds.
 */
record Schedule(long startNanos, long intervalNanos) {

  /**
   * One tick.
   *
   * @param number n, from 0
   * @param dueNanos when it is due
   * @param missed ticks left out since the one before it
   */
  record Tick(long number, long dueNanos, long missed) {}

  Schedule(long startNanos, Duration interval) {
    this(startNanos, interval.toNanos());
  }

  Schedule {
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("an interval must be longer than 0");
    }
  }

  Tick first() {
    return new Tick(0, startNanos, 0);
  }

  /** The first tick after {@code previous} that is not over yet at {@code now}. */
  Tick after(Tick previous, long now) {
    // A difference, because a monotonic clock may wrap around.
    long elapsed = now - startNanos;
    long notOver = elapsed <= 0 ? 0 : (elapsed - 1) / intervalNanos + 1;
    long number = Math.max(previous.number() + 1, notOver);
    return new Tick(number, startNanos + number * intervalNanos, number - previous.number() - 1);
  }
}
