package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes windows, throughput, latencies, business figures, bottlenecks, violations, incidents,
 * healing and deliveries into history. An offset is committed only after the store has said yes, so
 * that nothing is missing after a restart; points carry their identity, so that nothing is there
 * twice.
 *
 * <p>While the store is away nothing is read: the topics hold what has to wait. A record that the
 * store will never take goes to the dead letters alone; the others of its batch are stored.
 */
public final class Recorder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The broker takes whom it has not heard of for five minutes for dead. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

  /** Records of one request at the most, when there is more to read than it can keep up with. */
  private static final int BATCH = 5_000;

  /** What a flood of new series may write of itself to the dead letters; all of it is counted. */
  private static final double LETTERS_PER_SECOND = 10;

  private static final String STAGE = "recorder";

  /** Gauge: records that are still to be read. */
  static final String LAG = "tocsin.recorder.lag";

  private final TopicReader reader;
  private final PointStore store;
  private final BatchWriter writer;
  private final Selection selection;
  private final SeriesLimit series;
  private final UpdateBudget letters;
  private final Rollup rollup;
  private final StoreWatch watch;
  private final MeterRegistry meters;
  private final MeterHistory own;
  private final DeadLetterCount deadLetters;
  private final AtomicLong lag = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tocsin-recorder");

  /** Records what is on the cluster into the store at a place; nothing is priced. */
  public Recorder(Cluster cluster, HistoryPlace place, Clock clock, MeterRegistry meters) {
    this(cluster, place, SeriesLimit.USUAL, clock, meters);
  }

  /** The same, with another bound of series. */
  public Recorder(
      Cluster cluster, HistoryPlace place, int maxSeries, Clock clock, MeterRegistry meters) {
    this(cluster, place, "tocsin/record", Optional.empty(), maxSeries, clock, meters);
  }

  /**
   * The same, with costs.
   *
   * @param program id under which the program's own meters are kept
   * @param pricing what resources cost; empty if nobody asks
   * @param maxSeries sets of tags that a table of figures may have
   */
  public Recorder(
      Cluster cluster,
      HistoryPlace place,
      String program,
      Optional<Pricing> pricing,
      int maxSeries,
      Clock clock,
      MeterRegistry meters) {
    this.series = new SeriesLimit(maxSeries, new SecureRandom().nextLong(), clock);
    this.letters = new UpdateBudget(clock, LETTERS_PER_SECOND);
    Set<Topic<?>> topics = new HashSet<>(Points.topics());
    topics.add(Topics.DEAD_LETTERS);
    this.reader = TopicReader.resuming(cluster, STAGE, clock, topics);
    this.deadLetters = new DeadLetterCount(meters, clock);
    this.store = place.points();
    this.meters = meters;
    this.selection = new Selection(clock);
    this.writer = new BatchWriter(store, reader::reject, this::pauseInGroup, meters);
    this.rollup = new Rollup(place, store, pricing, clock, meters);
    this.own = new MeterHistory(meters, store, program, clock, rollup::wroteMinute);
    this.watch = place.watch(meters);
    meters.gauge(LAG, lag);
  }

  /** Begins to record, in a thread of its own. */
  public void start() {
    thread.start();
    watch.start();
  }

  /** Whether it records; false before the start and after the end. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** What keeps it from recording, in words; empty while nothing does. */
  public Optional<String> trouble() {
    List<String> troubles =
        Stream.of(writer.trouble(), watch.trouble()).flatMap(Optional::stream).toList();
    return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
  }

  /** What is not recorded though all works, in words; empty while everything is. */
  public Optional<String> warning() {
    return series.warning();
  }

  private void run() {
    while (!stopped(Duration.ZERO)) {
      try {
        List<Received<?>> batch = batch();
        if (!batch.isEmpty() && writer.write(entries(batch))) {
          reader.commit();
        }
        rollup.whenDue();
        ofItself();
      } catch (WakeupException stopNow) {
        // close() asked for it; the loop's condition ends it
      } catch (RuntimeException failed) {
        LOG.warn("recording goes back to its last commit: {}", failed.toString(), failed);
        stopped(PAUSE);
        rewind();
      }
    }
    rollup.close();
    watch.close();
    reader.close();
    store.close();
  }

  private void ofItself() {
    if (!own.isDue()) {
      return;
    }
    try {
      lag.set(reader.lag());
    } catch (WakeupException stopNow) {
      throw stopNow;
    } catch (KafkaException brokerAway) {
      LOG.debug("how much there is to read is not known: {}", brokerAway.toString());
    }
    own.write();
  }

  /** What is there, and a little more while there is more: one large request is cheaper. */
  private List<Received<?>> batch() {
    List<Received<?>> batch = new ArrayList<>(reader.poll(POLL));
    int more = batch.size();
    while (more > 0 && batch.size() < BATCH) {
      List<Received<?>> next = reader.poll(Duration.ZERO);
      batch.addAll(next);
      more = next.size();
    }
    return batch;
  }

  private List<BatchWriter.Entry> entries(List<Received<?>> batch) {
    Selection.Reason[] reasons = selection.of(batch);
    List<BatchWriter.Entry> entries = new ArrayList<>(batch.size());
    for (int place = 0; place < reasons.length; place++) {
      Received<?> record = batch.get(place);
      if (record.topic() == Topics.DEAD_LETTERS) {
        if (record.value() instanceof DeadLetter letter) {
          deadLetters.count(letter);
        }
        continue;
      }
      if (reasons[place] != Selection.Reason.WRITTEN) {
        skipped(reasons[place].name().toLowerCase(Locale.ROOT));
        continue;
      }
      Optional<String> line;
      try {
        line = Points.of(record);
      } catch (RuntimeException notAPoint) {
        reader.reject(record, "it makes no point of history: " + notAPoint);
        meters.counter("tocsin.recorder.points", "outcome", "refused").increment();
        continue;
      }
      if (line.isPresent() && !series.admits(line.get())) {
        tooMany(record, Line.table(line.get()));
      } else if (line.isPresent()) {
        entries.add(new BatchWriter.Entry(record, line.get()));
        rollup.wrote(record.value());
      } else {
        skipped("no-history");
      }
    }
    return entries;
  }

  private void tooMany(Received<?> record, String table) {
    meters.counter("tocsin.recorder.series.refused", "table", table).increment();
    if (letters.take()) {
      reader.reject(record, "too-many-series: " + table + " has as many as it may have");
    }
  }

  private void skipped(String reason) {
    meters.counter("tocsin.recorder.skipped", "reason", reason).increment();
  }

  private void rewind() {
    try {
      reader.rewind();
    } catch (KafkaException stillAway) {
      LOG.warn("cannot go back yet: {}", stillAway.toString());
    }
  }

  /** Waits for the store without being taken for dead. */
  private boolean pauseInGroup(Duration within) {
    Duration left = within;
    while (left.compareTo(SIGN_OF_LIFE) > 0) {
      if (stopped(SIGN_OF_LIFE)) {
        return true;
      }
      reader.signOfLife();
      left = left.minus(SIGN_OF_LIFE);
    }
    boolean stop = stopped(left);
    if (!stop) {
      reader.signOfLife();
    }
    return stop;
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
