package io.tocsin.collectors.network;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A moment by which something has to be done.
 *
 * @param nanos the clock
 * @param at the moment by that clock
 */
record Deadline(LongSupplier nanos, long at) {

  static Deadline in(Duration patience, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + patience.toNanos());
  }

  /** What is left; nothing or less when it has passed. */
  long leftNanos() {
    return at - nanos.getAsLong();
  }

  /** What is left, rounded up, at least 1: a wait of 0 would be one without end. */
  int leftMillis() {
    return millis(leftNanos());
  }

  boolean passed() {
    return leftNanos() <= 0;
  }

  static int millis(long nanos) {
    return (int) Math.max(1, (nanos + 999_999) / TimeUnit.MILLISECONDS.toNanos(1));
  }
}
