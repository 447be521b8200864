package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.health.HealthChecks;
import io.tocsin.collectors.host.HostCollector;
import io.tocsin.collectors.host.HostName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs collectors and publishes what they read: a thread and a deadline per collector, one thread
 * that sends. A collector that hangs delays no other, and a broker that is away delays none.
 *
 * <p>Its metrics: {@code tocsin.collectors.up} (1 when the last pass ended in time and gave a
 * reading), {@code .pass} (duration), {@code .errors} and {@code .dropped} by reason, {@code
 * .missed} ticks, {@code .sent} by topic, {@code .queued} records.
 */
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** Some 10 MB at most, and minutes of one machine's records. */
  private static final int QUEUE_CAPACITY = 10_000;

  private static final Duration WATCH_EVERY = Duration.ofMillis(50);

  private final Outbox outbox;
  private final List<Source> sources;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tocsin-collectors-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An agent that has not started yet.
   *
   * @param publisher where records go; the caller closes what is behind it, after this agent
   */
  public Agent(AgentConfig config, Publisher publisher, Clock clock, MeterRegistry meters) {
    this(agentId(config), collectors(config, clock), publisher, Ticker.system(), meters);
  }

  /** An agent of any collectors. */
  Agent(
      String agentId,
      List<? extends Collector> collectors,
      Publisher publisher,
      Ticker ticker,
      MeterRegistry meters) {
    this.outbox = new Outbox(publisher, QUEUE_CAPACITY, meters);
    Origins origins = new Origins(agentId, UUID.randomUUID().toString());
    this.sources =
        collectors.stream()
            .map(collector -> new Source(collector, outbox, origins, ticker, meters))
            .toList();
  }

  private static String agentId(AgentConfig config) {
    return config.agentId() == null ? HostName.read(config.host().proc()) : config.agentId();
  }

  private static List<Collector> collectors(AgentConfig config, Clock clock) {
    List<Collector> collectors = new ArrayList<>();
    collectors.add(new HostCollector(config.host(), clock));
    collectors.addAll(HealthChecks.collectors(config.checks(), clock));
    return collectors;
  }

  /** Begins to measure, at once. To be called once. */
  public void start() {
    outbox.start();
    sources.forEach(Source::start);
    watchdog.scheduleWithFixedDelay(
        () -> sources.forEach(Source::checkDeadline),
        WATCH_EVERY.toMillis(),
        WATCH_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Names of the collectors whose last pass failed or did not end in time. An endpoint that is down
   * is a reading, not a failure.
   */
  public List<String> failing() {
    return sources.stream().filter(source -> !source.works()).map(Source::name).toList();
  }

  /** Stops measuring and sends what is queued; takes 2 s at most. */
  @Override
  public void close() {
    watchdog.shutdownNow();
    sources.forEach(Source::stop);
    try {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
      for (Source source : sources) {
        source.join(Duration.ofNanos(until - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    outbox.close();
    LOG.debug("agent stopped");
  }
}
