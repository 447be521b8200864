package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One collector on its own thread: keeps its schedule, measures it, queues what it read. */
final class Source implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Source.class);
  private static final long ANNOUNCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Collector collector;
  private final Outbox outbox;
  private final Origins origins;
  private final Ticker ticker;
  private final MeterRegistry meters;
  private final Tags tags;
  private final AtomicInteger up;
  private final Timer timer;
  private final Thread thread;
  private volatile boolean stopped;
  private Set<Problem> known = Set.of();

  private boolean running;
  private boolean overdue;
  private boolean overdueBefore;
  private long passStartNanos;

  Source(Collector collector, Outbox outbox, Origins origins, Ticker ticker, MeterRegistry meters) {
    this.collector = collector;
    this.outbox = outbox;
    this.origins = origins;
    this.ticker = ticker;
    this.meters = meters;
    this.tags = Tags.of("collector", collector.name());
    this.up = meters.gauge("tocsin.collectors.up", tags, new AtomicInteger());
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
    return up.get() == 1;
  }

  void stop() {
    stopped = true;
    thread.interrupt();
  }

  void join(Duration patience) throws InterruptedException {
    thread.join(Math.max(1, patience.toMillis()));
  }

  @Override
  public void run() {
    Schedule schedule = new Schedule(ticker.nanos(), collector.interval());
    Schedule.Tick tick = schedule.first();
    long announced = schedule.startNanos() - ANNOUNCE_NANOS;
    while (!stopped) {
      try {
        ticker.sleepUntil(tick.dueNanos());
      } catch (InterruptedException e) {
        // Meant for a pass that ended just before, or for all of us: `stopped` tells.
        continue;
      }
      if (ticker.nanos() - announced >= ANNOUNCE_NANOS) {
        announce();
        announced = ticker.nanos();
      }
      pass();
      tick = schedule.after(tick, ticker.nanos());
      if (tick.missed() > 0) {
        meters.counter("tocsin.collectors.missed", tags).increment(tick.missed());
      }
    }
  }

  private void announce() {
    try {
      for (Resource resource : collector.resources()) {
        outbox.put(Topics.RESOURCES, resource);
      }
    } catch (RuntimeException defect) {
      LOG.error("{} could not say what it reports on", collector.name(), defect);
      count(new Problem(Reason.INTERNAL, collector.name(), defect.toString()));
    }
  }

  private void pass() {
    begin();
    List<Problem> problems;
    boolean worked = false;
    try {
      Reading reading = collector.collect();
      queue(reading);
      problems = reading.problems();
      worked = true;
    } catch (CollectorException failure) {
      problems = List.of(failure.problem());
    } catch (InterruptedException givenUp) {
      // Counted by whoever gave up.
      problems = List.of();
    } catch (RuntimeException | Error defect) {
      // The thread must outlive a defect: silence would look like health.
      problems = List.of(new Problem(Reason.INTERNAL, collector.name(), defect.toString()));
      if (!known.containsAll(problems)) {
        LOG.error("{} has a defect; it is tried again at every tick", collector.name(), defect);
      }
    }
    end(worked);
    report(problems);
  }

  private void queue(Reading reading) {
    reading
        .samples()
        .forEach(sample -> outbox.put(Topics.SAMPLES, sample.setOrigin(origins.next()).build()));
    reading
        .probes()
        .forEach(probe -> outbox.put(Topics.PROBES, probe.setOrigin(origins.next()).build()));
  }

  private synchronized void begin() {
    running = true;
    overdueBefore = overdue;
    overdue = false;
    passStartNanos = ticker.nanos();
  }

  private synchronized void end(boolean worked) {
    running = false;
    timer.record(ticker.nanos() - passStartNanos, TimeUnit.NANOSECONDS);
    up.set(worked && !overdue ? 1 : 0);
    // An interrupt that came too late must not end the next pass.
    if (!stopped) {
      Thread.interrupted();
    }
  }

  /** Gives up on a pass that is over its deadline. Called by the agent's watchdog. */
  synchronized void checkDeadline() {
    if (running && !overdue && ticker.nanos() - passStartNanos > collector.deadline().toNanos()) {
      overdue = true;
      up.set(0);
      String what = "a pass is not done after " + collector.deadline().toMillis() + " ms";
      count(new Problem(Reason.DEADLINE, collector.name(), what));
      if (!overdueBefore) {
        LOG.warn("{}: {}; the other collectors go on", collector.name(), what);
      }
      thread.interrupt();
    }
  }

  /** Counts each problem each time, and logs it when it is new: one line, not one per tick. */
  private void report(List<Problem> problems) {
    for (Problem problem : problems) {
      count(problem);
      if (!known.contains(problem) && problem.reason() != Reason.INTERNAL) {
        LOG.warn("{} could not read {}", collector.name(), problem);
      }
    }
    if (problems.isEmpty() && !known.isEmpty()) {
      LOG.info("{} reads everything again", collector.name());
    }
    known = Set.copyOf(problems);
  }

  private void count(Problem problem) {
    meters
        .counter("tocsin.collectors.errors", tags.and("reason", problem.reason().tag()))
        .increment();
  }
}
