package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Asks an engine that runs containers again and again on a thread of its own, so that one that
 * hangs never holds up figures. Keeps the last good answer.
 *
 * <p>There is no timer: whoever looks at the answer also notices that the present question takes
 * too long, and breaks it off. As long as it cannot be broken off, no other one is put.
 */
final class Refresher implements AutoCloseable {

  /** An engine that runs containers. */
  interface Engine {

    /** For people, such as {@code Docker at /var/run/docker.sock}. */
    String name();

    /**
     * Asks it. An interrupt breaks the question off.
     *
     * @param now the clock that the roster's time is of
     * @param deadline by which it should be done
     */
    Roster ask(LongSupplier now, long deadline) throws CollectorException, InterruptedException;
  }

  /**
   * How things are.
   *
   * @param roster the last good answer; null if there has been none
   * @param stale whether it is too old to say anything of now
   * @param problems why there is none, or none newer, and what was wrong with it
   */
  record View(Roster roster, boolean stale, List<Problem> problems) {}

  /** A question asked for out of turn is put no sooner than this after the last one. */
  private static final Duration LEAST_PAUSE = Duration.ofMillis(250);

  private final Engine engine;
  private final long interval;
  private final long patience;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Thread thread;
  private boolean asking;
  private boolean brokenOff;
  private boolean wanted;
  private boolean closed;
  private long askedAt;
  private long answers;
  private Roster roster;
  private Problem failure;

  /**
   * Does nothing before {@link #start}.
   *
   * @param interval pause between two questions
   * @param patience how long one may take
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  Refresher(Engine engine, Duration interval, Duration patience, LongSupplier nanoTime) {
    this.engine = engine;
    this.interval = interval.toNanos();
    this.patience = patience.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Begins to ask; further calls do nothing. */
  void start() {
    lock.lock();
    try {
      if (thread == null && !closed) {
        thread = new Thread(this::run, "tocsin-container-names");
        thread.setDaemon(true);
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first answer or failure. */
  void awaitFirst(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (answers == 0 && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has it asked out of turn, because something has changed. */
  void hurry() {
    lock.lock();
    try {
      wanted = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How things are; breaks a question off that takes too long. */
  View look() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      boolean late = asking && now - askedAt > patience;
      if (late && !brokenOff) {
        brokenOff = true;
        thread.interrupt();
      }
      Problem problem = late ? late() : failure;
      boolean stale = roster != null && now - roster.askedAt() > 3 * interval + patience;
      List<Problem> problems =
          problem != null ? List.of(problem) : roster == null ? List.of() : roster.problems();
      return new View(roster, stale, problems);
    } finally {
      lock.unlock();
    }
  }

  private Problem late() {
    return new Problem(
        Reason.DEADLINE,
        engine.name(),
        "does not answer in time; containers keep the names they have, and their health is unknown");
  }

  private void run() {
    while (begin()) {
      Roster answer = null;
      Problem problem = null;
      try {
        answer = engine.ask(nanoTime, askedAt + patience);
      } catch (CollectorException failed) {
        problem = failed.problem();
      } catch (InterruptedException brokenOffOrClosed) {
        problem = late();
      } catch (RuntimeException defect) {
        problem =
            new Problem(Reason.UNREADABLE, engine.name(), Words.clean(String.valueOf(defect), 300));
      }
      end(answer, problem);
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      asking = true;
      brokenOff = false;
      wanted = false;
      askedAt = nanoTime.getAsLong();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end(Roster answer, Problem problem) {
    lock.lock();
    try {
      asking = false;
      boolean late = problem != null && (brokenOff || problem.reason() == Reason.DEADLINE);
      failure = late ? late() : problem;
      roster = answer == null ? roster : answer;
      answers++;
      // An interrupt that came too late is not meant for the pause.
      Thread.interrupted();
      changed.signalAll();
      pause();
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    try {
      long least = LEAST_PAUSE.toNanos();
      while (!closed && least > 0) {
        least = changed.awaitNanos(least);
      }
      long left = interval - LEAST_PAUSE.toNanos();
      while (!closed && !wanted && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException tooLate) {
      // Then it is asked a little early.
    }
  }

  /** Ends the thread, also in the middle of a question. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
