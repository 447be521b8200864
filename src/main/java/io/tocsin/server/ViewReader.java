package io.tocsin.server;

import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills {@link Views} from the topics: tables from their beginning, measurements from now on,
 * because of those only the newest counts and the next one is a second away.
 */
public final class ViewReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ViewReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String STAGE = "server";

  private final Views views;
  private final TopicReader tables;
  private final TopicReader measurements;
  private volatile boolean caughtUp;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread tablesThread = new Thread(this::readTables, "tocsin-views-tables");
  private final Thread measurementsThread =
      new Thread(this::readMeasurements, "tocsin-views-measurements");

  /** Reads a cluster into views. */
  public ViewReader(Cluster cluster, Views views, Clock clock) {
    this.views = views;
    this.tables =
        TopicReader.fromBeginning(
            cluster,
            STAGE,
            clock,
            Set.of(
                Topics.RESOURCES,
                Topics.INCIDENTS,
                Topics.INCIDENT_EVENTS,
                Topics.RULES,
                Topics.RULE_STATUS,
                Topics.SHADOW_REPORTS,
                Topics.SILENCES,
                Topics.ALERTS,
                Topics.COMMANDS,
                Topics.ACCESS,
                Topics.HEAL_RESULTS,
                Topics.DELIVERIES,
                Topics.POLICIES,
                Topics.SECURITY_REPORT,
                Topics.BOTTLENECKS,
                Topics.VIOLATIONS,
                Topics.IMAGE_FINDINGS,
                Topics.AUDIT,
                Topics.REFUSALS,
                Topics.DEAD_LETTERS));
    this.measurements =
        TopicReader.fromNow(
            cluster,
            STAGE,
            clock,
            Set.of(
                Topics.PROBES,
                Topics.WINDOWS,
                Topics.LATENCIES,
                Topics.THROUGHPUTS,
                Topics.MEASUREMENTS));
  }

  /** Begins to read, in threads of its own. */
  public void start() {
    tablesThread.start();
    measurementsThread.start();
  }

  /** Whether the views hold all that the tables held when it began, and go on being filled. */
  public boolean isCurrent() {
    return caughtUp && tablesThread.isAlive() && measurementsThread.isAlive();
  }

  private void readTables() {
    try (tables) {
      while (running()) {
        guarded(
            () -> {
              tables.poll(POLL).forEach(views::apply);
              caughtUp = caughtUp || tables.lag() == 0;
            });
      }
    }
  }

  private void readMeasurements() {
    try (measurements) {
      while (running()) {
        guarded(() -> measurements.poll(POLL).forEach(views::apply));
      }
    }
  }

  /** A broker that does not answer for a while must not end the reading for good. */
  private void guarded(Runnable read) {
    try {
      read.run();
    } catch (WakeupException stopNow) {
      // close() asked for it; the loop's condition ends it
    } catch (RuntimeException failed) {
      LOG.warn("the views are behind until this can be read: {}", failed.toString(), failed);
      pause();
    }
  }

  private boolean running() {
    return stopping.getCount() > 0;
  }

  private void pause() {
    try {
      stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    tables.wakeUp();
    measurements.wakeUp();
    try {
      tablesThread.join(2_000);
      measurementsThread.join(2_000);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
