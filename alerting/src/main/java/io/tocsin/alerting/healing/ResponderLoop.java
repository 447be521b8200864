package io.tocsin.alerting.healing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds a healer until it is told to stop. */
final class ResponderLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ResponderLoop.class);

  /** How late a deadline may be noticed; what arrives is noticed at once. */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Feed feed;
  private final Healer healer;
  private final Clock clock;
  private final HealingMetrics metrics;
  private final Supplier<RuntimeException> logEnded;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean running = true;
  private volatile RuntimeException failure;
  private Instant committedAt;
  private boolean plansToCommit;
  private boolean anythingToCommit;

  /**
   * A loop that has not begun.
   *
   * @param logEnded why results cannot be written any more; null while they can
   */
  ResponderLoop(
      Feed feed,
      Healer healer,
      Clock clock,
      HealingMetrics metrics,
      Supplier<RuntimeException> logEnded) {
    this.feed = feed;
    this.healer = healer;
    this.clock = clock;
    this.metrics = metrics;
    this.logEnded = logEnded;
    this.committedAt = clock.instant();
  }

  @Override
  public void run() {
    try (feed) {
      while (!isStopping()) {
        try {
          turn();
          failure = logEnded.get();
          if (failure != null && !isStopping()) {
            LOG.error("the responder has ended: {}", failure.getMessage());
            return;
          }
        } catch (FencedInstanceIdException fenced) {
          failure = new FencedException(fenced);
          LOG.error(failure.getMessage(), fenced);
          return;
        } catch (FencedException fenced) {
          failure = fenced;
          LOG.error(fenced.getMessage(), fenced);
          return;
        } catch (InterruptException ended) {
          if (!isStopping()) {
            LOG.error("the responder was interrupted and has ended", ended);
          }
          return;
        } catch (RuntimeException unread) {
          metrics.readingFailed(unread);
          LOG.error("plans and what speaks for them could not be read; trying again", unread);
          pauseAndRewind();
        }
      }
    } catch (InterruptException hurried) {
      // The one way out of a wait for the registry, and it may come while the feed is closing.
      LOG.warn("the feed was closed in a hurry; what it had not committed is read again", hurried);
    } finally {
      running = false;
    }
  }

  /** Whether it still does its work. */
  boolean isRunning() {
    return running;
  }

  /** Why it has ended by itself; empty if it has not, or was told to. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Ends it after the turn under way. */
  void stop() {
    stop.countDown();
    feed.wakeUp();
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  private void turn() {
    Feed.Batch batch = feed.poll(POLL);
    healer.handle(batch);
    plansToCommit |= !batch.plans().isEmpty() || !batch.commands().isEmpty() || feed.hasPassed();
    anythingToCommit |= plansToCommit || !batch.probes().isEmpty() || !batch.alerts().isEmpty();
    boolean due = plansToCommit || !clock.instant().isBefore(committedAt.plus(COMMIT_EVERY));
    // A plan without an answer on the log must be read again after a crash.
    if (anythingToCommit && due && healer.isSettled()) {
      feed.commit();
      committedAt = clock.instant();
      plansToCommit = false;
      anythingToCommit = false;
    }
  }

  private void pauseAndRewind() {
    try {
      if (!stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        feed.rewind();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException again) {
      LOG.warn("could not go back to what was read last: {}", again.toString());
    }
  }
}
