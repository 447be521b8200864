package io.tocsin.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The broker with next to nothing around it: what no pipeline on it can surpass. */
final class RawTrial {

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration DONE_LIMIT = Duration.ofSeconds(120);
  private static final Duration SAY_LIMIT = Duration.ofSeconds(30);
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseParallelGC");

  private final Installation installation;
  private final int resources;
  private final Duration span;

  RawTrial(Installation installation, int resources, Duration span) {
    this.installation = installation;
    this.resources = resources;
    this.span = span;
  }

  /**
   * Measures a part that says how many records it has done.
   *
   * @param part {@link Part#PRODUCE} or {@link Part#COPY}
   */
  Row run(Part part, String name) throws InterruptedException {
    try (PartProcess process = installation.start(part, JVM)) {
      Told first = after(process, System.nanoTime() + WARM_UP.toNanos(), 1);
      ProcessUsage begin = process.usage();
      ProcessUsage brokerBegin = installation.broker().usage();
      Told last = after(process, System.nanoTime() + span.toNanos(), first.records() + 1);
      ProcessUsage end = process.usage();
      ProcessUsage brokerEnd = installation.broker().usage();
      double records = last.records() - first.records();
      double millionPoints = records * SamplePoint.ALL.size() / 1e6;
      Map<String, Double> cpu = new LinkedHashMap<>();
      cpu.put("client", (end.cpuSeconds() - begin.cpuSeconds()) / millionPoints);
      cpu.put("broker", (brokerEnd.cpuSeconds() - brokerBegin.cpuSeconds()) / millionPoints);
      Map<String, Long> peak = new LinkedHashMap<>();
      peak.put("client", end.peakBytes());
      peak.put("broker", brokerEnd.peakBytes());
      double rate = records * 1e9 / (last.nanos() - first.nanos());
      return new Row(name, resources, rate, cpu, peak, null, null, null, Map.of(), List.of());
    }
  }

  private record Told(long records, long nanos) {}

  /** The first count of so many that is told after a time; older ones may still wait to be read. */
  private static Told after(PartProcess process, long nanos, long records)
      throws InterruptedException {
    long deadline = System.nanoTime() + DONE_LIMIT.toNanos();
    while (true) {
      String[] words = process.await("records", SAY_LIMIT).split(" ");
      Told told = new Told(Long.parseLong(words[0]), Long.parseLong(words[1]));
      if (told.nanos() >= nanos && told.records() >= records) {
        return told;
      }
      if (System.nanoTime() > Math.max(deadline, nanos)) {
        throw new BenchFailure("nothing is copied; is the machine too busy?");
      }
    }
  }
}
