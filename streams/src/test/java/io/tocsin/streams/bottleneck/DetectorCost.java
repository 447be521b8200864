package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Subject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * What looking at an interval costs, for a resource that is well and for one that is not; prints
 * the median and the spread of the rounds, and what is allocated. A main class: it asserts nothing.
 */
final class DetectorCost {

  private static final int ROUNDS = 11;
  private static final int WARM_UP = 5;
  private static final int RESOURCES = 1_000;
  private static final int TICKS = 200;

  /** Header, three longs and a reference. */
  private static final int INTERVAL_BYTES = 40;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long sink;
  private double allocated;

  private DetectorCost() {}

  public static void main(String[] arguments) {
    DetectorCost cost = new DetectorCost();
    System.out.printf(
        "%-28s %9s %9s %9s %9s%n", "ns for each interval", "median", "least", "most", "bytes");
    cost.measure("well", 40, 50);
    cost.measure("short of CPU", 95, 50);
    cost.measure("short of CPU and memory", 95, 97);
    System.out.println("(" + cost.sink + ")");
  }

  private void measure(String name, double cpu, double memory) {
    double[] rounds = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double took = round(cpu, memory);
      if (round >= 0) {
        rounds[round] = took;
      }
    }
    Arrays.sort(rounds);
    System.out.printf(
        Locale.ROOT,
        "%-28s %9.0f %9.0f %9.0f %9.0f%n",
        name,
        rounds[ROUNDS / 2],
        rounds[0],
        rounds[ROUNDS - 1],
        allocated);
  }

  private double round(double cpu, double memory) {
    Detector detector = new Detector(BottleneckSettings.defaults());
    Subject[] subjects = new Subject[RESOURCES];
    Episodes[] episodes = new Episodes[RESOURCES];
    double[][] values = new double[RESOURCES][];
    for (int resource = 0; resource < RESOURCES; resource++) {
      subjects[resource] =
          new Subject("host/web-" + resource, ResourceKind.HOST, "shop", Tier.CORE);
      episodes[resource] = Episodes.NONE;
      values[resource] = new double[Metric.COUNT];
      values[resource][Metric.CPU_PERCENT.ordinal()] = cpu;
      values[resource][Metric.MEMORY_PERCENT.ordinal()] = memory;
      values[resource][Metric.IO_OPERATIONS.ordinal()] = resource % 500;
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long begun = System.nanoTime();
    for (int tick = 0; tick < TICKS; tick++) {
      long at = 1_767_268_800_000L + 1_000L * tick;
      for (int resource = 0; resource < RESOURCES; resource++) {
        Detector.Findings findings =
            detector.observe(
                subjects[resource],
                new Interval(at, 1_000, 1_000, values[resource]),
                episodes[resource]);
        episodes[resource] = findings.episodes();
        sink += findings.bottlenecks().size();
      }
    }
    long took = System.nanoTime() - begun;
    // without the interval that each sample makes anyhow
    allocated =
        (THREADS.getCurrentThreadAllocatedBytes() - bytes) / (double) (RESOURCES * TICKS)
            - INTERVAL_BYTES;
    return took / (double) (RESOURCES * TICKS);
  }
}
