package io.tocsin.collectors.app.receiver;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The threads that serve requests, made when needed and gone when idle. Each serves a request from
 * its first byte on; a thread that takes too long is interrupted, which closes the connection that
 * it waits for, also while it still reads the head.
 */
final class Workers extends ThreadPoolExecutor {

  private static final int THREADS = 16;
  private static final int WAITING = 128;

  private final LongSupplier nanos;
  private final Map<Thread, Long> since = new HashMap<>();

  /**
   * None so far.
   *
   * @param refused told when there is neither thread nor place to wait; the connection is closed
   */
  Workers(LongSupplier nanos, Runnable refused) {
    super(
        THREADS,
        THREADS,
        30,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(WAITING),
        task -> {
          Thread thread = new Thread(task, "tocsin-receiver");
          thread.setDaemon(true);
          return thread;
        });
    this.nanos = nanos;
    allowCoreThreadTimeOut(true);
    AbortPolicy abort = new AbortPolicy();
    setRejectedExecutionHandler(
        (task, pool) -> {
          refused.run();
          abort.rejectedExecution(task, pool);
        });
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable task) {
    synchronized (since) {
      since.put(thread, nanos.getAsLong());
    }
  }

  @Override
  protected void afterExecute(Runnable task, Throwable failure) {
    synchronized (since) {
      since.remove(Thread.currentThread());
      // What was meant for this request must not hit the next.
      Thread.interrupted();
    }
  }

  /** Cuts off requests that have taken longer; returns how many. */
  int cutOff(Duration patience) {
    int cut = 0;
    synchronized (since) {
      long now = nanos.getAsLong();
      for (Map.Entry<Thread, Long> serving : since.entrySet()) {
        if (now - serving.getValue() > patience.toNanos()) {
          serving.getKey().interrupt();
          // Counted once, and tried again after as long a time.
          serving.setValue(now);
          cut++;
        }
      }
    }
    return cut;
  }
}
