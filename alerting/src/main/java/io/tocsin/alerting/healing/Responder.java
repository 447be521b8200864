package io.tocsin.alerting.healing;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries heal plans out, as far as the operator's configuration and the guards allow, and proves
 * by the health signal whether they helped. Reads heal plans and probes, writes heal results, which
 * are also its memory.
 *
 * <p>At most once: the intent is acknowledged before an action starts. An intent without outcome
 * from before a stop becomes UNKNOWN at the next start and is left to people; an execution without
 * verdict is verified from then on.
 *
 * <p>{@link #close()} begins nothing new and waits a second for actions under way. One that takes
 * longer is left to itself, because a restart that is killed half-way leaves its service down; that
 * is the same as a crash, and told the same way.
 */
public final class Responder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
  private static final String STAGE = "responder";

  /** Actions at a time; one target never has two. */
  private static final int WORKERS = 4;

  private static final Duration INTENT_WITHIN = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration READING_ENDS_WITHIN = Duration.ofMillis(500);
  private static final Duration ACTIONS_END_WITHIN = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final HealingConfig config;
  private final Path outputDirectory;
  private final Clock clock;
  private final HealingMetrics metrics;
  private TopicWriter writer;
  private ExecutorService workers;
  private ResponderLoop loop;
  private Thread thread;

  /**
   * A responder that has not begun yet.
   *
   * @param outputDirectory where the output of actions is kept
   */
  public Responder(
      Cluster cluster,
      HealingConfig config,
      Path outputDirectory,
      Clock clock,
      MeterRegistry registry) {
    this.cluster = cluster;
    this.config = config;
    this.outputDirectory = outputDirectory;
    this.clock = clock;
    this.metrics = new HealingMetrics(registry);
  }

  /**
   * Reads what was done before, deals with what a stop has left open, and begins. Topics and
   * schemas have to be there.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public synchronized void start() {
    if (writer != null) {
      throw new IllegalStateException("the responder has been started before");
    }
    Ledger ledger = readLedger();
    LOG.info("{} heal plan(s) known from before; mode {}", ledger.size(), config.mode());
    writer = new TopicWriter(cluster, "tocsin-" + STAGE + "-results");
    workers = Executors.newFixedThreadPool(WORKERS, daemons());
    OpenExecutors executors =
        OpenExecutors.open(config.actions(), new ExecutorContext(outputDirectory, null, clock));
    Healer healer =
        new Healer(
            config,
            ledger,
            new ActionRun.Parts(
                (result, note) -> writer.send(Topics.HEAL_RESULTS, result),
                INTENT_WITHIN,
                executors,
                0,
                clock,
                metrics),
            workers);
    healer.recover();
    TopicReader reader =
        TopicReader.resuming(cluster, STAGE, clock, Set.of(Topics.HEAL_PLANS, Topics.PROBES));
    loop = new ResponderLoop(new KafkaFeed(reader), healer, clock, metrics);
    thread = new Thread(loop, "tocsin-responder");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether it reads and acts; false before the start, after the end, and after a fatal error. */
  public synchronized boolean isRunning() {
    return loop != null && loop.isRunning();
  }

  private Ledger readLedger() {
    Ledger ledger = new Ledger();
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster, STAGE, clock, Set.of(Topics.HEAL_RESULTS))) {
      do {
        reader.poll(POLL).stream()
            .flatMap(received -> received.as(Topics.HEAL_RESULTS).stream())
            .forEach(ledger::add);
      } while (reader.lag() > 0);
    }
    return ledger;
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread worker = new Thread(task, "tocsin-healing-" + number.incrementAndGet());
      worker.setDaemon(true);
      return worker;
    };
  }

  @Override
  public synchronized void close() {
    if (writer == null) {
      return;
    }
    boolean interrupted = false;
    try {
      if (thread != null) {
        loop.stop();
        thread.join(READING_ENDS_WITHIN.toMillis());
        // Only matters while it waits for the registry; a reader that has ended does not hear it.
        thread.interrupt();
      }
      workers.shutdown();
      if (!workers.awaitTermination(ACTIONS_END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("an action is still under way and left to itself; the next start reports UNKNOWN");
      }
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    workers.shutdownNow();
    writer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
