package io.tocsin.collectors.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A time limit for libraries that have none. The work is done on one thread of its own, which ends
 * when it is idle; while it hangs no other is made, and each further call waits in vain for no
 * longer than it may.
 */
final class BoundedCall implements AutoCloseable {

  private final ThreadPoolExecutor worker;

  BoundedCall(String threadName) {
    worker =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  /**
   * What the work gives. Work that takes longer is interrupted.
   *
   * @throws ExecutionException with what the work threw
   * @throws TimeoutException if it has not ended in time
   */
  <T> T call(Callable<T> work, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(work);
    worker.execute(task);
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      task.cancel(true);
      worker.remove(task);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
