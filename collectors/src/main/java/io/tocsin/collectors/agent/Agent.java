package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.policy.Policies;
import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.schemas.topic.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs collectors and publishes what they read: a thread and a deadline per collector, policies on
 * each reading, one thread that sends, and a spool if there is one configured. A collector that
 * hangs delays no other, and a broker that is away delays none.
 *
 * <p>Its meters: {@code tocsin.collectors.up} (1 when the last pass ended in time and gave a
 * reading), {@code .pass} (duration), {@code .errors} and {@code .dropped} by reason, {@code
 * .missed} ticks, {@code .classified} by class and action, {@code .sent} by topic, {@code .queued}
 * records, {@code .clamped}, {@code .labels} and {@code .series.over} by reason, {@code
 * .spool.bytes}, {@code .spool.records}, {@code .spool.oldest} (seconds). Every 10 s it sends them
 * as measurements as well.
 */
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** Some 10 MB at most, and minutes of one machine's records. */
  private static final int QUEUE_CAPACITY = 10_000;

  private static final Duration WATCH_EVERY = Duration.ofMillis(50);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);
  private static final Duration STOPPING = Duration.ofMillis(500);

  /** What was started for one part of the configuration. */
  private record Unit(Configured configured, List<Source> sources) {}

  private final Surroundings around;
  private final Source self;
  private volatile List<Unit> units = List.of();
  private boolean started;
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
   * @throws IllegalArgumentException if a collector cannot be made, or two have one name
   * @throws io.tocsin.collectors.spool.SpoolException if the spool cannot be used
   */
  public Agent(AgentConfig config, Publisher publisher, Clock clock, MeterRegistry meters) {
    this(config, publisher, clock, Ticker.system(), meters);
  }

  Agent(AgentConfig config, Publisher publisher, Clock clock, Ticker ticker, MeterRegistry meters) {
    Counts counts = new Counts(meters);
    List<Made> made = make(config.collectors());
    Outbox outbox =
        config.spool() == null
            ? new MemoryOutbox(publisher, QUEUE_CAPACITY, counts)
            : new SpooledOutbox(config.spool(), publisher, clock, ticker, counts);
    this.around =
        new Surroundings(
            outbox,
            new Origins(config.agentId(), UUID.randomUUID().toString()),
            new Policies(config.policies(), new SecureRandom().nextLong()),
            new Inventory(),
            counts,
            clock,
            ticker);
    this.self =
        new Source(new AgentCollector(config.agentId(), this::sources, around), true, around);
    this.units = made.stream().map(this::unit).toList();
  }

  private record Made(Configured configured, List<? extends Collector> collectors) {}

  private static List<Made> make(List<Configured> wanted) {
    return wanted.stream().map(each -> new Made(each, List.copyOf(each.make().get()))).toList();
  }

  private Unit unit(Made made) {
    return new Unit(
        made.configured(),
        made.collectors().stream().map(each -> new Source(each, false, around)).toList());
  }

  /** Those of the configuration, without the agent's own. */
  private List<Source> sources() {
    return units.stream().flatMap(unit -> unit.sources().stream()).toList();
  }

  /** Begins to measure, at once. To be called once. */
  public synchronized void start() {
    requireNames(sources().stream().map(Source::name).toList());
    started = true;
    around.outbox().start();
    sources().forEach(Source::start);
    self.start();
    every(WATCH_EVERY, this::watch);
    every(SWEEP_EVERY, this::sweep);
  }

  private void every(Duration interval, Runnable task) {
    Runnable lasting =
        () -> {
          try {
            task.run();
          } catch (RuntimeException defect) {
            // One that got out would end the schedule.
            LOG.error("the watchdog has a defect", defect);
          }
        };
    long millis = interval.toMillis();
    watchdog.scheduleWithFixedDelay(lasting, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void watch() {
    sources().forEach(Source::checkDeadline);
    self.checkDeadline();
  }

  private void sweep() {
    for (String id : around.inventory().gone(around.ticker().nanos())) {
      around.outbox().put(new Outgoing.Removal(Topics.RESOURCES, id));
    }
  }

  /**
   * Goes over to another set of collectors. What is configured as before goes on undisturbed; what
   * is gone or different is stopped, and what is new or different is started. Nothing that is
   * queued is lost.
   *
   * @throws IllegalArgumentException if a collector cannot be made, or two have one name; then
   *     nothing has changed
   */
  public synchronized void reload(List<Configured> wanted) {
    AgentConfig.requireNames(wanted);
    List<Unit> before = units;
    List<Unit> kept =
        before.stream()
            .filter(unit -> wanted.stream().anyMatch(each -> each.sameAs(unit.configured())))
            .toList();
    List<Made> made =
        make(
            wanted.stream()
                .filter(each -> kept.stream().noneMatch(unit -> each.sameAs(unit.configured())))
                .toList());
    List<String> names = new ArrayList<>();
    kept.forEach(unit -> unit.sources().forEach(source -> names.add(source.name())));
    made.forEach(each -> each.collectors().forEach(collector -> names.add(collector.name())));
    requireNames(names);

    List<Source> leaving =
        before.stream()
            .filter(unit -> !kept.contains(unit))
            .flatMap(unit -> unit.sources().stream())
            .toList();
    leaving.forEach(Source::stop);
    join(leaving);
    leaving.forEach(Source::retire);
    List<Unit> added = made.stream().map(this::unit).toList();
    List<Unit> after = new ArrayList<>(kept);
    after.addAll(added);
    units = List.copyOf(after);
    if (started) {
      added.forEach(unit -> unit.sources().forEach(Source::start));
    }
    LOG.info("{} parts go on, {} were started", kept.size(), added.size());
  }

  private static void requireNames(List<String> names) {
    Set<String> seen = new HashSet<>(Set.of(AgentCollector.NAME));
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "two collectors are called '%s': give each a name of its own".formatted(name));
      }
    }
  }

  /** How many collectors there are. */
  public int collectors() {
    return sources().size();
  }

  /**
   * Names of the collectors whose last pass failed or did not end in time. An endpoint that is down
   * is a reading, not a failure.
   */
  public List<String> failing() {
    return sources().stream().filter(source -> !source.works()).map(Source::name).toList();
  }

  /**
   * Reads everything once, without sending it.
   *
   * @param patience longest time that this takes; a collector that has not ended by then is named
   *     among the problems
   */
  public static OneShot.Result once(AgentConfig config, Clock clock, Duration patience)
      throws InterruptedException {
    List<Collector> collectors = new ArrayList<>();
    make(config.collectors()).forEach(made -> collectors.addAll(made.collectors()));
    return new OneShot(config, clock).run(collectors, patience);
  }

  /** Stops measuring and sends what is queued; takes 2 s at most. */
  @Override
  public synchronized void close() {
    watchdog.shutdownNow();
    List<Source> all = new ArrayList<>(sources());
    all.add(self);
    all.forEach(Source::stop);
    join(all);
    around.outbox().close();
    LOG.debug("agent stopped");
  }

  private static void join(List<Source> sources) {
    long until = System.nanoTime() + STOPPING.toNanos();
    try {
      for (Source source : sources) {
        source.join(Duration.ofNanos(until - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
