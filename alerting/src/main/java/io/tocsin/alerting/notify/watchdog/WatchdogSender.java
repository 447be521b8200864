package io.tocsin.alerting.notify.watchdog;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.Beat;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a sign of life to somebody outside for as long as beats arrive that have come from a
 * collector through Kafka, Streams and Flink. When they stop, it says nothing, and who waits for it
 * raises the alarm. What cannot be delivered is not kept: the next sign says all that it said.
 *
 * <p>Counts {@code tocsin.watchdog.signs} by outcome: {@code sent}, {@code silent} (nothing to
 * tell), {@code failed}.
 */
public final class WatchdogSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogSender.class);
  private static final String STAGE = "watchdog";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Channel channel;
  private final Duration every;
  private final Clock clock;
  private final MeterRegistry meters;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile TopicReader reader;
  private Thread thread;
  private Optional<Beat> newest = Optional.empty();
  private String auditHead;
  private Instant nextAt;

  /**
   * A sender that has not begun yet.
   *
   * @param channel where signs go; closed with this
   * @param every time between two
   */
  public WatchdogSender(
      Cluster cluster, Channel channel, Duration every, Clock clock, MeterRegistry meters) {
    this.cluster = cluster;
    this.channel = channel;
    this.every = every;
    this.clock = clock;
    this.meters = meters;
    this.nextAt = clock.instant();
  }

  /** Begins. */
  public synchronized void start() {
    thread = new Thread(this::run, "tocsin-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (stop.getCount() > 0) {
      try (TopicReader open =
          TopicReader.fromNow(cluster, STAGE, clock, Set.of(Topics.BEATS, Topics.AUDIT))) {
        reader = open;
        while (stop.getCount() > 0) {
          open.poll(POLL).forEach(this::take);
          sendIfDue();
        }
      } catch (WakeupException | InterruptException closing) {
        return;
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException failure) {
        LOG.warn("beats cannot be read; trying again: {}", failure.toString());
        pause();
      }
    }
  }

  private void pause() {
    try {
      stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Received<?> received) {
    received.as(Topics.BEATS).ifPresent(beat -> newest = Optional.of(beat));
    received.as(Topics.AUDIT).ifPresent(entry -> auditHead = head(entry));
  }

  private static String head(AuditEntry entry) {
    return entry.getSequence() + ":" + entry.getHash();
  }

  private void sendIfDue() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(nextAt)) {
      return;
    }
    if (!LifeSign.isAlive(newest, every, now)) {
      // Looked at again with each poll: the sign goes out as soon as things work again.
      if (!now.isBefore(nextAt.plus(every))) {
        count("silent");
        nextAt = now;
      }
      return;
    }
    nextAt = now.plus(every);
    SendAnswer answer = channel.send(LifeSign.of(newest.get(), auditHead, now));
    if (answer instanceof SendAnswer.Accepted) {
      count("sent");
    } else {
      count("failed");
      LOG.warn("the watchdog's receiver did not take the sign of life: {}", answer);
    }
  }

  private void count(String outcome) {
    meters.counter("tocsin.watchdog.signs", "outcome", outcome).increment();
  }

  @Override
  public synchronized void close() {
    stop.countDown();
    TopicReader open = reader;
    if (open != null) {
      open.wakeUp();
    }
    try {
      if (thread != null) {
        thread.join(STOPS_WITHIN.toMillis());
        thread.interrupt();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
