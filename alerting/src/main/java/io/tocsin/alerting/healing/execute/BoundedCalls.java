package io.tocsin.alerting.healing.execute;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A time limit for libraries that have none. Each call is made on a thread of its own, which ends
 * when it has been idle for a while; one that hangs holds no other up. So many may hang and no
 * more: then further calls are late at once. Thread-safe.
 */
public final class BoundedCalls implements AutoCloseable {

  /** As many as the actions of one kind that are ever under way, and some that hang. */
  private static final int MOST_THREADS = 16;

  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor workers;

  /** Calls on threads of that name. */
  public BoundedCalls(String threadName) {
    workers =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What the work gives. Work that takes longer is interrupted and left to itself.
   *
   * @throws InterruptedException if the caller stops waiting
   * @throws ExecutionException with what the work threw
   * @throws TimeoutException if it has not ended in time, or too many hang already
   */
  public <T> T call(Callable<T> work, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      workers.execute(task);
    } catch (RejectedExecutionException full) {
      throw new TimeoutException("too many calls hang already, or it is closed");
    }
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      task.cancel(true);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
