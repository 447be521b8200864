package io.tocsin.history;

import com.influxdb.client.write.Point;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes windows, bottlenecks, incidents and healing into history. An offset is committed only
 * after the store has said yes, so that nothing is missing after a restart; points carry their
 * identity, so that nothing is there twice.
 *
 * <p>While the store is away nothing is read: the topics hold what has to wait. A record that the
 * store will never take goes to the dead letters alone; the others of its batch are stored.
 */
public final class Recorder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String STAGE = "recorder";

  private final TopicReader reader;
  private final PointStore store;
  private final Counter stored;
  private final Counter refused;
  private final Counter waits;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tocsin-recorder");

  /** Records what is on the cluster into the store at an address. */
  public Recorder(Cluster cluster, HistoryAddress address, Clock clock, MeterRegistry meters) {
    this.reader = TopicReader.resuming(cluster, STAGE, clock, Set.copyOf(Points.TOPICS));
    this.store = new InfluxPointStore(address);
    this.stored = meters.counter("tocsin.recorder.points", "outcome", "stored");
    this.refused = meters.counter("tocsin.recorder.points", "outcome", "refused");
    this.waits = meters.counter("tocsin.recorder.waits");
  }

  /** Begins to record, in a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Whether it records; false before the start and after the end. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  private void run() {
    while (!stopped(Duration.ZERO)) {
      try {
        List<Received<?>> batch = reader.poll(POLL);
        if (!batch.isEmpty() && record(batch)) {
          reader.commit();
        }
      } catch (WakeupException stopNow) {
        // close() asked for it; the loop's condition ends it
      } catch (RuntimeException failed) {
        LOG.warn("recording goes back to its last commit: {}", failed.toString(), failed);
        stopped(PAUSE);
        rewind();
      }
    }
    reader.close();
    store.close();
  }

  private void rewind() {
    try {
      reader.rewind();
    } catch (KafkaException stillAway) {
      LOG.warn("cannot go back yet: {}", stillAway.toString());
    }
  }

  /** Stores a batch, for as long as it takes; false if it was stopped before. */
  private boolean record(List<Received<?>> batch) {
    List<Point> points = batch.stream().map(Points::of).flatMap(Optional::stream).toList();
    while (true) {
      PointStore.Answer answer =
          points.isEmpty() ? new PointStore.Answer.Stored() : store.write(points);
      if (answer instanceof PointStore.Answer.Stored) {
        stored.increment(points.size());
        return true;
      }
      if (answer instanceof PointStore.Answer.Refused no) {
        return isolate(batch, no.reason());
      }
      waits.increment();
      LOG.warn("history store is away: {}", ((PointStore.Answer.Unavailable) answer).reason());
      if (stopped(PAUSE)) {
        return false;
      }
    }
  }

  /** Halves a refused batch until what is refused is one record. */
  private boolean isolate(List<Received<?>> batch, String reason) {
    if (batch.size() == 1) {
      reader.reject(batch.get(0), "the history store refused it: " + reason);
      refused.increment();
      return true;
    }
    int half = batch.size() / 2;
    return record(batch.subList(0, half)) && record(batch.subList(half, batch.size()));
  }

  private boolean stopped(Duration within) {
    try {
      return stopping.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops after the batch under way; what was not committed is recorded at the next start. */
  @Override
  public void close() {
    stopping.countDown();
    reader.wakeUp();
    try {
      thread.join(3_000);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
