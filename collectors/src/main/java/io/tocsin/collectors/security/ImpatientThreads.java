package io.tocsin.collectors.security;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A few threads for short tasks. One that takes too long can be ended, which closes the connection
 * that it waits for: a server of the JDK waits for a sender for ever. Thread-safe.
 */
final class ImpatientThreads extends ThreadPoolExecutor {

  private static final int THREADS = 4;
  private static final int WAITING = 1_000;
  private static final long IDLE_SECONDS = 30;

  private final LongSupplier nanos;
  private final Map<Thread, Long> begun = new HashMap<>();

  /**
   * Threads that are started when there is something to do.
   *
   * @param nanos a clock that only goes forward
   */
  ImpatientThreads(String name, LongSupplier nanos) {
    super(
        THREADS,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(WAITING),
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
    this.nanos = nanos;
    allowCoreThreadTimeOut(true);
  }

  /** Interrupts tasks that have run for longer; says how many. */
  int endOlderThan(Duration longest) {
    int ended = 0;
    synchronized (begun) {
      long now = nanos.getAsLong();
      for (Map.Entry<Thread, Long> task : begun.entrySet()) {
        if (now - task.getValue() > longest.toNanos()) {
          task.setValue(now);
          task.getKey().interrupt();
          ended++;
        }
      }
    }
    return ended;
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable task) {
    synchronized (begun) {
      begun.put(thread, nanos.getAsLong());
    }
  }

  @Override
  protected void afterExecute(Runnable task, Throwable error) {
    synchronized (begun) {
      begun.remove(Thread.currentThread());
      // Meant for the task that has ended, not for the next one.
      Thread.interrupted();
    }
  }
}
