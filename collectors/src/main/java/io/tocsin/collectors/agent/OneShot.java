package io.tocsin.collectors.agent;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.policy.Policies;
import io.tocsin.collectors.policy.Tally;
import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.schemas.topic.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One pass of each collector, each on a thread of its own, with nothing sent. */
public final class OneShot {

  /**
   * What an agent would send.
   *
   * @param records in the order in which the collectors were configured
   * @param problems what could not be read
   * @param classified what did not leave as it was, such as {@code secret-dropped: authorization},
   *     and how often
   */
  public record Result(
      List<Outgoing> records, List<Problem> problems, Map<String, Integer> classified) {

    Result(List<Outgoing> records, List<Problem> problems) {
      this(records, problems, Map.of());
    }
  }

  /** Names come from outside and may be endless; a reading that is looked at has fewer. */
  private static final int MOST_NAMES = 200;

  private final Map<String, Integer> classified = new TreeMap<>();
  private final Tally tally =
      new Tally() {
        @Override
        public void count(What what, String reason) {
          // What else is changed shows in the records.
        }

        @Override
        public void classified(String reason, String name) {
          note(reason + ": " + name);
        }
      };

  private final Origins origins;
  private final Policies policies;
  private final Clock clock;

  OneShot(AgentConfig config, Clock clock) {
    this.origins = new Origins(config.agentId(), UUID.randomUUID().toString());
    this.policies = new Policies(config.policies(), new SecureRandom().nextLong());
    this.clock = clock;
  }

  private void note(String change) {
    synchronized (classified) {
      if (classified.size() < MOST_NAMES || classified.containsKey(change)) {
        classified.merge(change, 1, Integer::sum);
      }
    }
  }

  /** A collector and what became of it; {@code records} is set last. */
  private final class Pass implements Runnable {
    private final Collector collector;
    private final Thread thread;
    private volatile Result result;

    Pass(Collector collector) {
      this.collector = collector;
      this.thread = new Thread(this, "tocsin-once-" + collector.name());
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void run() {
      try (Collector closing = collector) {
        closing.open();
        Reading reading = closing.collect();
        result = new Result(records(closing, reading), reading.problems());
      } catch (CollectorException failure) {
        result = failed(failure.problem());
      } catch (InterruptedException givenUp) {
        result = overdue();
      } catch (RuntimeException | Error defect) {
        result = failed(new Problem(Reason.INTERNAL, collector.name(), defect.toString()));
      }
    }

    private Result overdue() {
      return failed(new Problem(Reason.DEADLINE, collector.name(), "the pass did not end in time"));
    }

    private Result failed(Problem problem) {
      return new Result(List.of(), List.of(problem));
    }
  }

  Result run(List<? extends Collector> collectors, Duration patience) throws InterruptedException {
    List<Pass> passes = new ArrayList<>();
    collectors.forEach(collector -> passes.add(new Pass(collector)));
    List<Outgoing> records = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    long until = System.nanoTime() + patience.toNanos();
    for (Pass pass : passes) {
      long left = until - System.nanoTime();
      pass.thread.join(Math.max(1, Duration.ofNanos(left).toMillis()));
      Result result = pass.result == null ? pass.overdue() : pass.result;
      pass.thread.interrupt();
      records.addAll(result.records());
      problems.addAll(result.problems());
    }
    synchronized (classified) {
      return new Result(List.copyOf(records), List.copyOf(problems), new TreeMap<>(classified));
    }
  }

  private List<Outgoing> records(Collector collector, Reading reading) {
    Instant now = clock.instant();
    Reading bounded = policies.apply(reading, now, tally);
    List<Outgoing> records = new ArrayList<>();
    collector
        .resources()
        .forEach(
            resource ->
                policies
                    .apply(resource, now, tally)
                    .ifPresent(
                        described ->
                            records.add(new Outgoing.Value<>(Topics.RESOURCES, described))));
    Records.of(bounded, origins, records::add);
    return records;
  }
}
