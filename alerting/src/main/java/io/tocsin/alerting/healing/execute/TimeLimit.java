package io.tocsin.alerting.healing.execute;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A limit for calls that have none of their own, or none that always holds: looking a name up, a
 * read from a socket that hangs, a library's retries. The call runs on a thread of its own, which
 * is interrupted at the limit and otherwise left to itself.
 */
public final class TimeLimit {

  private TimeLimit() {}

  /**
   * Calls and waits, at most so long.
   *
   * @param what is called, for the thread's name and for people
   * @throws IOException if the call throws one, or is not over in time
   * @throws InterruptedException if the caller stops waiting; so does the call
   */
  public static <T> T call(String what, Duration limit, Callable<T> call)
      throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "tocsin-" + what);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new IOException(what + " has not answered within " + limit.toMillis() + " ms", late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cannot) {
        throw cannot;
      }
      if (failed.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw new IOException(what + ": " + failed.getCause(), failed.getCause());
    } finally {
      task.cancel(true);
    }
  }
}
