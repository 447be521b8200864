package io.tocsin.collectors.agent;

import java.util.concurrent.TimeUnit;

/** A monotonic clock that can be waited on: {@link java.time.Clock} jumps when it is set. */
interface Ticker {

  /** Nanoseconds since some fixed moment; only differences mean anything. */
  long nanos();

  /** Returns at {@code nanos} or just after, at once if that is past. */
  void sleepUntil(long nanos) throws InterruptedException;

  /** The machine's. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
      }
    };
  }
}
