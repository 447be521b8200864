package io.tocsin.collectors.parts;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Hands on what it is given after the delay that a {@link FaultProxy} has, by one thread. */
final class DelayLine implements AutoCloseable {

  /** Something that is handed on. */
  @FunctionalInterface
  interface Delivery {
    void make() throws IOException;
  }

  private static final long AHEAD = TimeUnit.MILLISECONDS.toNanos(20);

  private final FaultProxy proxy;
  private final ScheduledThreadPoolExecutor later;

  DelayLine(FaultProxy proxy) {
    this.proxy = proxy;
    this.later =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "fault-proxy-delay");
              thread.setDaemon(true);
              return thread;
            });
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Hands on later.
   *
   * @param notBefore when the delivery before this one is due, by {@link System#nanoTime}, so that
   *     a stream stays in order; {@link Long#MIN_VALUE} where order does not matter
   * @return when this one is due
   */
  long send(int bytes, long notBefore, Delivery delivery) {
    long now = System.nanoTime();
    long jitter = proxy.jitter.toNanos();
    long due =
        now
            + proxy.delay.toNanos()
            + (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter + 1));
    if (notBefore != Long.MIN_VALUE && notBefore - due >= 0) {
      due = notBefore + 1;
    }
    long rate = proxy.bytesPerSecond;
    if (rate > 0) {
      due += bytes * TimeUnit.SECONDS.toNanos(1) / rate;
    }
    try {
      later.schedule(() -> deliver(bytes, delivery), due - now, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      proxy.lost.addAndGet(bytes);
    }
    return due;
  }

  private void deliver(int bytes, Delivery delivery) {
    try {
      delivery.make();
    } catch (IOException gone) {
      // Its receiver has gone; the pumps notice it by themselves.
      proxy.lost.addAndGet(bytes);
    }
  }

  /** Waits while more is under way than the delay explains, or a slow line would fill the heap. */
  void throttle(long due) throws InterruptedException {
    long ahead = due - System.nanoTime() - proxy.delay.toNanos() - proxy.jitter.toNanos() - AHEAD;
    if (ahead > 0) {
      TimeUnit.NANOSECONDS.sleep(ahead);
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
