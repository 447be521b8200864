package io.tocsin.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The instances of the streams that share a trial's work, each in a process of its own. */
final class StreamsInstances implements AutoCloseable {

  private final List<PartProcess> processes = new ArrayList<>();
  private final List<CoreLimit> limits = new ArrayList<>();

  /**
   * Starts them, one after the other.
   *
   * @throws BenchFailure if one does not come up
   */
  StreamsInstances(BenchPlan plan, Installation installation) throws InterruptedException {
    try {
      for (int i = 0; i < plan.instances(); i++) {
        Path state =
            i == 0 ? installation.state() : installation.state().resolveSibling("streams-" + i);
        PartProcess process = installation.start(Part.STREAMS, state, plan.streamsJvm());
        processes.add(process);
        if (plan.coreLimit() > 0) {
          String name = "tocsin-bench-" + process.pid();
          limits.add(CoreLimit.of(process.pid(), name, plan.coreLimit()));
        }
      }
    } catch (RuntimeException | InterruptedException failed) {
      close();
      throw failed;
    }
  }

  /** The one that is asked and recorded where one stands for all. */
  PartProcess first() {
    return processes.get(0);
  }

  /** CPU time of all of them so far. */
  double cpuSeconds() {
    return processes.stream().mapToDouble(each -> each.usage().cpuSeconds()).sum();
  }

  /** The most memory that each has had, added up. */
  long peakBytes() {
    return processes.stream().mapToLong(each -> each.usage().peakBytes()).sum();
  }

  /** What each counted. */
  String counters(Duration limit) throws InterruptedException {
    List<String> counted = new ArrayList<>();
    for (PartProcess process : processes) {
      process.tell("counters");
      counted.add(process.await("counters", limit));
    }
    return String.join(" | ", counted);
  }

  @Override
  public void close() {
    processes.forEach(PartProcess::close);
    limits.forEach(CoreLimit::close);
  }
}
