package io.tocsin.streams.bottleneck;

import static io.tocsin.streams.window.Metric.CPU_PERCENT;
import static io.tocsin.streams.window.Metric.IO_OPERATIONS;
import static io.tocsin.streams.window.Metric.IO_PERCENT;
import static io.tocsin.streams.window.Metric.MEMORY_PERCENT;
import static io.tocsin.streams.window.Metric.NETWORK_PERCENT;
import static io.tocsin.streams.window.Metric.RETRANSMIT_PERCENT;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One value held against its threshold.
 *
 * @param name what people call it
 * @param metric what was measured
 * @param value how much
 * @param threshold from where on it is too much
 * @param unit of both
 */
record Signal(String name, Metric metric, double value, double threshold, String unit) {

  /** 1 at the threshold; kinds are compared by it. */
  double ratio() {
    return value / threshold;
  }

  /** The worse first; a kind is as bad as the worst of its signals. Empty where none is known. */
  static List<Signal> of(BottleneckKind kind, Interval interval, Thresholds thresholds) {
    Stream<Signal> signals =
        switch (kind) {
          case CPU -> Stream.of(percent("CPU", CPU_PERCENT, thresholds.cpuPercent(), interval));
          case MEMORY ->
              Stream.of(percent("memory", MEMORY_PERCENT, thresholds.memoryPercent(), interval));
          case IO ->
              Stream.of(
                  signal(
                      "disk operations",
                      IO_OPERATIONS,
                      thresholds.ioOperationsPerSecond(),
                      "operations/s",
                      interval),
                  percent("busiest disk", IO_PERCENT, thresholds.ioPercent(), interval));
          case NETWORK ->
              Stream.of(
                  percent("busiest link", NETWORK_PERCENT, thresholds.networkPercent(), interval),
                  interval.segments() < thresholds.segments()
                      ? null
                      : percent(
                          "TCP retransmits",
                          RETRANSMIT_PERCENT,
                          thresholds.retransmitPercent(),
                          interval));
          case UNSPECIFIED -> Stream.empty();
        };
    return signals
        .filter(Objects::nonNull)
        .sorted((one, other) -> Double.compare(other.ratio(), one.ratio()))
        .toList();
  }

  private static Signal percent(String name, Metric metric, double threshold, Interval interval) {
    return signal(name, metric, threshold, "%", interval);
  }

  private static Signal signal(
      String name, Metric metric, double threshold, String unit, Interval interval) {
    double value = interval.value(metric);
    return Double.isNaN(value) ? null : new Signal(name, metric, value, threshold, unit);
  }

  /** The signal in words. */
  String words() {
    return String.format(
        Locale.ROOT, "%s %.1f %s, threshold %.0f %s", name, value, unit, threshold, unit);
  }
}
