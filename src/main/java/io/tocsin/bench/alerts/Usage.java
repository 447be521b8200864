package io.tocsin.bench.alerts;

import io.tocsin.bench.ProcessUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What processes use over a stretch of time. */
final class Usage {

  private final Map<String, Supplier<ProcessUsage>> processes;
  private final Map<String, Double> before = new LinkedHashMap<>();
  private final long began = System.nanoTime();

  /** The stretch begins. */
  Usage(Map<String, Supplier<ProcessUsage>> processes) {
    this.processes = processes;
    processes.forEach((name, usage) -> before.put(name, usage.get().cpuSeconds()));
  }

  /** Cores that each has had on average so far. */
  Map<String, Double> cores() {
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, Double> cores = new LinkedHashMap<>();
    processes.forEach(
        (name, usage) -> cores.put(name, (usage.get().cpuSeconds() - before.get(name)) / seconds));
    return cores;
  }

  /** The most memory that each has had resident. */
  Map<String, Long> peaks() {
    Map<String, Long> peaks = new LinkedHashMap<>();
    processes.forEach((name, usage) -> peaks.put(name, usage.get().peakBytes()));
    return peaks;
  }
}
