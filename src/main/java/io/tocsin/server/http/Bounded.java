package io.tocsin.server.http;

import io.javalin.http.Context;
import io.tocsin.alerting.healing.execute.PlainText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work by which a caller could keep the server from all else: so much of it at a time, each for so
 * long. Who finds no room is told to come back; what takes too long is interrupted, and counts
 * until it has really ended.
 */
public final class Bounded implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Bounded.class);
  private static final int LONGEST_REASON = 300;
  private static final int COME_BACK_S = 5;

  private final String what;
  private final Duration limit;
  private final Semaphore room;
  private final ExecutorService threads;

  /**
   * Room for some work.
   *
   * @param what it is, for people, such as {@code backtests}
   * @param atATime how many may be under way
   * @param limit how long each may take
   */
  public Bounded(String what, int atATime, Duration limit) {
    this.what = what;
    this.limit = limit;
    this.room = new Semaphore(atATime);
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "tocsin-" + what.replace(' ', '-'));
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does it, in a thread of its own.
   *
   * @return what it gave; empty if there was no room or no time, or it failed, and the request has
   *     been answered
   * @throws RequestProblem if that is what it threw
   */
  public <T> Optional<T> answer(Context context, Callable<T> work) throws RequestProblem {
    if (!room.tryAcquire()) {
      later(context, "other " + what + " are under way; ask again in a few seconds");
      return Optional.empty();
    }
    AtomicBoolean claimed = new AtomicBoolean(); // by the work, or by who gives it up before
    Future<T> doing;
    try {
      doing = threads.submit(() -> released(work, claimed));
    } catch (RuntimeException closed) {
      room.release();
      throw closed;
    }
    try {
      return Optional.of(doing.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      giveUp(doing, claimed);
      later(context, what + " may take " + limit.toSeconds() + " s; ask for less");
    } catch (InterruptedException stopping) {
      giveUp(doing, claimed);
      Thread.currentThread().interrupt();
      later(context, "the server is stopping");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RequestProblem problem) {
        throw problem;
      }
      LOG.warn("{} failed", what, failed.getCause());
      later(context, PlainText.head(what + " failed: " + failed.getCause(), LONGEST_REASON));
    }
    return Optional.empty();
  }

  /** Work that is cancelled before its thread began never runs, and gives no room back itself. */
  private void giveUp(Future<?> doing, AtomicBoolean claimed) {
    doing.cancel(true);
    if (claimed.compareAndSet(false, true)) {
      room.release();
    }
  }

  private <T> T released(Callable<T> work, AtomicBoolean claimed) throws Exception {
    if (!claimed.compareAndSet(false, true)) {
      throw new CancellationException("nobody waits for it any more");
    }
    try {
      return work.call();
    } finally {
      room.release();
    }
  }

  private static void later(Context context, String why) {
    HttpGuard.later(context, COME_BACK_S, why);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
