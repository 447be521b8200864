package io.tocsin.alerting.healing;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries heal plans out, as far as the operator's configuration and the guards allow, and proves
 * by the health signal whether they helped. Reads heal plans and all that speaks for or against
 * them, writes heal results, which are also its memory, and the audit.
 *
 * <p>At most once, over all processes: the intent is acknowledged before an action starts, by a
 * broker that takes it from the newest responder only. The order of a start sees to that: the one
 * before is fenced, then all it has written is read, then what it left open is dealt with, then
 * plans are. An intent without outcome becomes UNKNOWN and is left to people; an execution without
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
  private static final int WORKERS = 12;

  private static final Duration INTENT_WITHIN = Duration.ofSeconds(10);
  private static final Duration READING_ENDS_WITHIN = Duration.ofMillis(500);
  private static final Duration ACTIONS_END_WITHIN = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final HealingConfig config;
  private final PlanVerifier verifier;
  private final ExecutorContext context;
  private final Clock clock;
  private final HealingMetrics metrics;
  private final Seams seams;
  private long epoch;
  private FencedLog log;
  private OpenExecutors executors;
  private ExecutorService workers;
  private ResponderLoop loop;
  private Thread thread;

  /**
   * Where a test may come between a responder and what it does.
   *
   * @param log round the log of results
   * @param executors round the executors
   */
  record Seams(UnaryOperator<ResultLog> log, UnaryOperator<OpenExecutors> executors) {

    static final Seams NONE = new Seams(UnaryOperator.identity(), UnaryOperator.identity());
  }

  /**
   * A responder that has not begun yet.
   *
   * @param verifier which plans are what they claim to be
   * @param context what executors may use
   */
  public Responder(
      Cluster cluster,
      HealingConfig config,
      PlanVerifier verifier,
      ExecutorContext context,
      Clock clock,
      MeterRegistry registry) {
    this(cluster, config, verifier, context, clock, registry, Seams.NONE);
  }

  Responder(
      Cluster cluster,
      HealingConfig config,
      PlanVerifier verifier,
      ExecutorContext context,
      Clock clock,
      MeterRegistry registry,
      Seams seams) {
    this.cluster = cluster;
    this.config = config;
    this.verifier = verifier;
    this.context = context;
    this.clock = clock;
    this.metrics = new HealingMetrics(registry);
    this.seams = seams;
  }

  /**
   * Takes over, reads what was done before, deals with what a stop has left open, and begins.
   * Topics and schemas have to be there.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public synchronized void start() {
    if (log != null) {
      throw new IllegalStateException("the responder has been started before");
    }
    log = new FencedLog(new Transactions(cluster), clock);
    log.fence();
    Past past =
        Past.read(
            cluster,
            CommittedOffsets.of(cluster, "tocsin-" + STAGE),
            config.probed(),
            verifier,
            clock);
    epoch = past.epoch();
    log.begin(past.head(), past.epoch(), "mode " + config.mode());
    LOG.info(
        "epoch {}; {} heal plan(s) known from before, {} of them wait for a person; mode {}",
        past.epoch(),
        past.ledger().size(),
        past.awaiting().size(),
        config.mode());
    executors = seams.executors().apply(OpenExecutors.open(config.actions(), context));
    workers = Executors.newFixedThreadPool(WORKERS, daemons());
    begin(past);
  }

  private void begin(Past past) {
    ResultLog results = seams.log().apply(log);
    Healer healer =
        new Healer(
            config,
            past.ledger(),
            new ActionRun.Parts(results, INTENT_WITHIN, executors, past.epoch(), clock, metrics),
            workers);
    // What was said while nobody listened is not among it: the feed goes on from the last commit,
    // which follows the audit's acknowledgement, so that all of it goes into the audit then.
    healer.learn(past.known(), command -> true);
    healer.recover();
    healer.resume(past.awaiting());
    KafkaFeed feed =
        new KafkaFeed(
            TopicReader.resuming(cluster, STAGE, clock, KafkaFeed.EVENTS),
            TopicReader.fromBeginning(cluster, STAGE, clock, KafkaFeed.TABLES),
            config.probed(),
            past.committed(),
            past.alerts(),
            verifier,
            results,
            metrics);
    healer.wakingBy(feed::wakeUp);
    loop = new ResponderLoop(feed, healer, clock, metrics, log::ended);
    thread = new Thread(loop, "tocsin-responder");
    thread.setDaemon(true);
    thread.start();
  }

  /** Which one in the row of all responders it is; each that takes over has a higher one. */
  public synchronized long epoch() {
    return epoch;
  }

  /** Whether it reads and acts; false before the start, after the end, and after a fatal error. */
  public synchronized boolean isRunning() {
    return loop != null && loop.isRunning();
  }

  /** Whether another one has taken over, so that this one does nothing any more. */
  public synchronized boolean isFenced() {
    return log != null
        && (log.isFenced()
            || loop != null
                && loop.failure().filter(FencedException.class::isInstance).isPresent());
  }

  /** Why it has ended by itself, in words; empty if it has not. */
  public synchronized Optional<String> trouble() {
    return loop == null ? Optional.empty() : loop.failure().map(Throwable::getMessage);
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
    if (log == null) {
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
      if (workers != null) {
        workers.shutdown();
        if (workers.awaitTermination(ACTIONS_END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
          executors.close();
        } else {
          LOG.warn("an action is under way and left to itself; the next start reports UNKNOWN");
        }
      }
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    if (workers != null) {
      workers.shutdownNow();
    }
    log.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
