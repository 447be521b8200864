package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.agent.Counts.Count;
import io.tocsin.collectors.policy.Policies;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One collector on its own thread: keeps its schedule, measures it, queues what it read. */
final class Source implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Source.class);
  private static final long ANNOUNCE_NANOS = Duration.ofMinutes(1).toNanos();

  /** Most problems of one pass that are told and remembered; all are counted. */
  private static final int MOST_TOLD = 20;

  private enum State {
    NEW,
    UP,
    DOWN
  }

  private final Collector collector;
  private final boolean trusted;
  private final Surroundings around;
  private final Gauge up;
  private final Timer timer;
  private final Thread thread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean stopped;

  /** Not the monitor that the watchdog needs: handing over may wait for a moment. */
  private final Object handing = new Object();

  private boolean retired;
  private volatile State state = State.NEW;
  private volatile double passSeconds = Double.NaN;
  private Set<Problem> known = Set.of();
  private boolean opened;
  private long announced;

  private boolean running;
  private boolean overdue;
  private boolean overdueBefore;
  private long passStartNanos;

  /**
   * A collector that has not started.
   *
   * @param trusted whether its series are the agent's own, which no limit may leave out
   */
  Source(Collector collector, boolean trusted, Surroundings around) {
    this.collector = collector;
    this.trusted = trusted;
    this.around = around;
    MeterRegistry meters = around.counts().meters();
    Tags tags = Tags.of("collector", collector.name());
    this.up =
        Gauge.builder("tocsin.collectors.up", this, source -> source.works() ? 1 : 0)
            .tags(tags)
            .register(meters);
    this.timer = meters.timer("tocsin.collectors.pass", tags);
    this.thread = new Thread(this, "tocsin-collector-" + collector.name());
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  String name() {
    return collector.name();
  }

  /** Whether the last pass gave a reading in time. */
  boolean works() {
    return state == State.UP;
  }

  /** Whether nothing can be said yet, because the first pass goes on. */
  boolean pending() {
    return state == State.NEW;
  }

  /** How long the last pass took; empty before the first has ended. */
  OptionalDouble passSeconds() {
    return Double.isNaN(passSeconds) ? OptionalDouble.empty() : OptionalDouble.of(passSeconds);
  }

  void stop() {
    stopped = true;
    thread.interrupt();
  }

  /** Waits for the end of the thread, then closes the collector unless it did so itself. */
  void join(Duration patience) throws InterruptedException {
    thread.join(Math.max(1, patience.toMillis()));
    if (!closed.get()) {
      // Its pass hangs, and closing may hang as well.
      Thread closing = new Thread(this::closeOnce, "tocsin-collector-close-" + collector.name());
      closing.setDaemon(true);
      closing.start();
    }
  }

  /**
   * Takes its meter away, so that a successor of the same name can have it, and its resources. What
   * a pass that hangs may yet come back with is of no interest.
   */
  void retire() {
    around.counts().meters().remove(up);
    synchronized (handing) {
      retired = true;
      around.inventory().leave(name(), around.ticker().nanos());
    }
  }

  private void closeOnce() {
    if (closed.compareAndSet(false, true)) {
      try {
        collector.close();
      } catch (RuntimeException | Error defect) {
        LOG.warn("{} could not be closed", name(), defect);
      }
    }
  }

  @Override
  public void run() {
    Ticker ticker = around.ticker();
    Schedule schedule = new Schedule(ticker.nanos(), collector.interval());
    Schedule.Tick tick = schedule.first();
    announced = schedule.startNanos() - ANNOUNCE_NANOS;
    while (!stopped) {
      try {
        ticker.sleepUntil(tick.dueNanos());
      } catch (InterruptedException e) {
        // Meant for a pass that ended just before, or for all of us: `stopped` tells.
        continue;
      }
      pass();
      tick = schedule.after(tick, ticker.nanos());
      if (tick.missed() > 0) {
        around.counts().add(Count.MISSED, tick.missed(), name());
      }
    }
    closeOnce();
  }

  private void pass() {
    begin();
    List<Problem> problems;
    boolean worked = false;
    try {
      if (!opened) {
        collector.open();
        opened = true;
      }
      Reading reading = collector.collect();
      hand(reading);
      problems = reading.problems();
      worked = true;
    } catch (CollectorException failure) {
      problems = List.of(failure.problem());
      announceKnown();
    } catch (InterruptedException givenUp) {
      // Counted by whoever gave up.
      problems = List.of();
    } catch (RuntimeException | Error defect) {
      // The thread must outlive a defect: silence would look like health.
      problems = List.of(new Problem(Reason.INTERNAL, name(), defect.toString()));
      if (!known.containsAll(problems)) {
        LOG.error("{} has a defect; it is tried again at every tick", name(), defect);
      }
    }
    end(worked);
    report(problems);
  }

  private void hand(Reading reading) {
    synchronized (handing) {
      if (!retired) {
        announce(true);
        queue(reading);
      }
    }
  }

  /** What cannot be read is still known, and people have to see that it is meant to be there. */
  private void announceKnown() {
    try {
      synchronized (handing) {
        if (!retired) {
          announce(false);
        }
      }
    } catch (RuntimeException defect) {
      count(new Problem(Reason.INTERNAL, name(), defect.toString()));
    }
  }

  /**
   * Before what was read: the inventory comes first.
   *
   * @param complete whether what is missing in it is gone, and not only out of sight
   */
  private void announce(boolean complete) {
    long now = around.ticker().nanos();
    List<Resource> resources = collector.resources();
    List<Resource> changed = around.inventory().report(name(), resources, complete, now);
    if (now - announced >= ANNOUNCE_NANOS) {
      announced = now;
      changed = resources;
    }
    if (changed.isEmpty()) {
      return;
    }
    Instant at = around.clock().instant();
    for (Resource resource : changed) {
      around
          .policies()
          .apply(around.inventory().merged(resource), at, around.counts())
          .ifPresent(described -> around.outbox().put(Topics.RESOURCES, described));
    }
  }

  private void queue(Reading reading) {
    Policies policies = around.policies();
    Reading bounded =
        trusted ? reading : policies.apply(reading, around.clock().instant(), around.counts());
    Records.of(bounded, around.origins(), around.outbox()::put);
  }

  private synchronized void begin() {
    running = true;
    overdueBefore = overdue;
    overdue = false;
    passStartNanos = around.ticker().nanos();
  }

  private synchronized void end(boolean worked) {
    running = false;
    long took = around.ticker().nanos() - passStartNanos;
    timer.record(took, TimeUnit.NANOSECONDS);
    passSeconds = took / 1e9;
    state = worked && !overdue ? State.UP : State.DOWN;
    // An interrupt that came too late must not end the next pass.
    if (!stopped) {
      Thread.interrupted();
    }
  }

  /** Gives up on a pass that is over its deadline. Called by the agent's watchdog. */
  synchronized void checkDeadline() {
    long now = around.ticker().nanos();
    if (running && !overdue && now - passStartNanos > collector.deadline().toNanos()) {
      overdue = true;
      state = State.DOWN;
      String what = "a pass is not done after " + collector.deadline().toMillis() + " ms";
      count(new Problem(Reason.DEADLINE, name(), what));
      if (!overdueBefore) {
        LOG.warn("{}: {}; the other collectors go on", name(), what);
      }
      thread.interrupt();
    }
  }

  /** Counts each problem each time, and logs it when it is new: one line, not one per tick. */
  private void report(List<Problem> problems) {
    Set<Problem> told = new HashSet<>();
    for (Problem problem : problems) {
      count(problem);
      boolean fresh = told.size() < MOST_TOLD && told.add(problem) && !known.contains(problem);
      if (fresh && problem.reason() != Reason.INTERNAL) {
        LOG.warn("{} could not read {}", name(), around.policies().forLog(problem.toString()));
      }
    }
    if (problems.isEmpty() && !known.isEmpty()) {
      LOG.info("{} reads everything again", name());
    }
    known = told;
  }

  private void count(Problem problem) {
    around.counts().add(Count.ERRORS, 1, name(), problem.reason().tag());
  }
}
