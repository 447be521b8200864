package io.tocsin.alerting.notify;

import io.tocsin.schemas.Notification;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what has to be told, and what is known of it, until it is told to stop. */
final class NotifierLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(NotifierLoop.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SHORT_POLL = Duration.ofMillis(10);

  /** An incident is on another topic, and may be read after what is to be told of it. */
  private static final Duration INCIDENT_WITHIN = Duration.ofMillis(500);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final TopicReader notifications;
  private final TopicReader incidents;
  private final KnownIncidents known;
  private final List<String> channels;
  private final Desk desk;
  private final Clock clock;
  private final NotifyMetrics metrics;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean running = true;
  private boolean caughtUp;
  private Instant forgotAt;

  NotifierLoop(
      TopicReader notifications,
      TopicReader incidents,
      KnownIncidents known,
      List<String> channels,
      Desk desk,
      Clock clock,
      NotifyMetrics metrics) {
    this.notifications = notifications;
    this.incidents = incidents;
    this.known = known;
    this.channels = channels;
    this.desk = desk;
    this.clock = clock;
    this.metrics = metrics;
    this.forgotAt = clock.instant();
  }

  @Override
  public void run() {
    try (notifications;
        incidents) {
      while (!isStopping()) {
        try {
          turn();
        } catch (WakeupException woken) {
          // it is told to stop
        } catch (FencedException | FencedInstanceIdException taken) {
          LOG.error("another notifier has taken over; this one has ended", taken);
          return;
        } catch (InterruptException | InterruptedException ended) {
          return;
        } catch (RuntimeException failure) {
          metrics.readingFailed(failure);
          LOG.error("notifications could not be taken in; trying again", failure);
          pauseAndRewind();
        }
      }
    } catch (InterruptException hurried) {
      LOG.warn("the reader was closed in a hurry; what it had not committed is read again");
    } finally {
      running = false;
    }
  }

  boolean isRunning() {
    return running;
  }

  boolean isStopping() {
    return stop.getCount() == 0;
  }

  void stop() {
    stop.countDown();
    notifications.wakeUp();
  }

  private void turn() throws InterruptedException {
    List<Notification> arrived =
        notifications.poll(caughtUp ? POLL : SHORT_POLL).stream()
            .flatMap(received -> received.as(Topics.NOTIFICATIONS).stream())
            .toList();
    readIncidents(Duration.ZERO);
    if (!arrived.isEmpty()) {
      awaitIncidents(arrived);
      desk.accept(arrived);
      // Only now: what is not in the outbox must be read again after a crash.
      notifications.commit();
    } else if (!caughtUp && notifications.isAssigned() && notifications.lag() == 0) {
      // What a stop has left unread may take itself back, so all of it comes before the first word.
      caughtUp = true;
      desk.open(channels);
    }
    if (clock.instant().isAfter(forgotAt.plus(FORGET_EVERY))) {
      forgotAt = clock.instant();
      desk.forget();
    }
  }

  private void awaitIncidents(List<Notification> arrived) {
    Instant until = clock.instant().plus(INCIDENT_WITHIN);
    while (!isStopping()
        && clock.instant().isBefore(until)
        && !arrived.stream()
            .allMatch(one -> known.has(one.getIncidentId(), one.getIncidentVersion()))) {
      readIncidents(SHORT_POLL);
    }
  }

  private void readIncidents(Duration patience) {
    incidents
        .poll(patience)
        .forEach(received -> received.as(Topics.INCIDENTS).ifPresent(known::put));
  }

  private void pauseAndRewind() {
    try {
      if (!stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        notifications.rewind();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException again) {
      LOG.warn("could not go back to what was read last: {}", again.toString());
    }
  }
}
