package io.tocsin.history;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Points of windows. The names of their fields are the columns of {@link Figures}. */
final class WindowPoints {

  /** What is measured at links and disks. */
  static final String TRAFFIC = "traffic";

  /** What applications answer. */
  static final String REQUESTS = "requests";

  private WindowPoints() {}

  /** The tier that keeps windows of a size; empty for the five minutes, which none keeps. */
  static Optional<Tier> tier(long sizeMs) {
    return Arrays.stream(Tier.values())
        .filter(tier -> tier != Tier.HOUR && tier.size().toMillis() == sizeMs)
        .findFirst();
  }

  static Optional<String> window(Window window) {
    return tier(window.getSizeMs()).flatMap(tier -> window(window, tier));
  }

  private static Optional<String> window(Window window, Tier tier) {
    Line line =
        new Line(HistoryTable.WINDOWS.at(tier))
            .tag("resource", window.getResourceId())
            .tag("kind", window.getKind().name())
            .tag("service", window.getService())
            .flag("final", window.getIsFinal())
            .whole("members", (long) window.getMembers())
            .statistic("efficiency", window.getEfficiency())
            .statistic("overhead_percent", window.getOverheadPercent())
            .number("cores", window.getCores())
            .whole("memory_bytes", window.getMemoryBytes())
            .statistic("filesystem_percent", window.getFilesystemPercent())
            .words("filesystem", window.getFilesystemName());
    figure(line, "cpu_percent", window.getCpuPercent());
    figure(line, "memory_percent", window.getMemoryPercent());
    figure(line, "io_percent", window.getIoPercent());
    figure(line, "network_percent", window.getNetworkPercent());
    figure(line, "io_operations_per_second", window.getIoOperationsPerSecond());
    figure(line, "io_bytes_per_second", window.getIoBytesPerSecond());
    figure(line, "network_bytes_per_second", window.getNetworkBytesPerSecond());
    figure(line, "steal_percent", window.getStealPercent());
    figure(line, "cpu_pressure_percent", window.getCpuPressurePercent());
    figure(line, "memory_pressure_percent", window.getMemoryPressurePercent());
    figure(line, "io_pressure_percent", window.getIoPressurePercent());
    figure(line, "retransmit_percent", window.getRetransmitPercent());
    figure(line, "vcpu_delay_percent", window.getVcpuDelayPercent());
    figure(line, "throttled_percent", window.getThrottledPercent());
    return line.at(window.getStartsAt());
  }

  private static void figure(Line line, String name, Figure figure) {
    if (figure != null) {
      line.statistic(name + "_mean", figure.getMean())
          .statistic(name + "_max", figure.getMax())
          .statistic(name + "_p50", figure.getP50())
          .statistic(name + "_p95", figure.getP95())
          .statistic(name + "_p99", figure.getP99());
    }
  }

  static Optional<String> throughput(ThroughputWindow window) {
    return tier(window.getSizeMs()).flatMap(tier -> throughput(window, tier));
  }

  private static Optional<String> throughput(ThroughputWindow window, Tier tier) {
    Line line =
        new Line(HistoryTable.THROUGHPUTS.at(tier))
            .tag("resource", window.getResourceId())
            .tag("kind", window.getKind().name())
            .tag("service", window.getService())
            .tag("source", source(window))
            .flag("final", window.getIsFinal())
            .whole("members", (long) window.getMembers());
    flow(line, "rx_bytes_per_second", window.getRxBytesPerSecond());
    flow(line, "tx_bytes_per_second", window.getTxBytesPerSecond());
    flow(line, "rx_packets_per_second", window.getRxPacketsPerSecond());
    flow(line, "tx_packets_per_second", window.getTxPacketsPerSecond());
    flow(line, "lost_packets_per_second", window.getLostPacketsPerSecond());
    flow(line, "disk_operations_per_second", window.getDiskOperationsPerSecond());
    flow(line, "disk_bytes_per_second", window.getDiskBytesPerSecond());
    flow(line, "requests_per_second", window.getRequestsPerSecond());
    return line.at(window.getStartsAt());
  }

  /**
   * Streams make windows of samples and windows of measurements apart from each other, of the same
   * resource and the same time: without this the second would take the place of the first.
   */
  static String source(ThroughputWindow window) {
    boolean hasTraffic =
        Stream.of(
                window.getRxBytesPerSecond(),
                window.getTxBytesPerSecond(),
                window.getRxPacketsPerSecond(),
                window.getTxPacketsPerSecond(),
                window.getLostPacketsPerSecond(),
                window.getDiskOperationsPerSecond(),
                window.getDiskBytesPerSecond())
            .anyMatch(Objects::nonNull);
    return window.getRequestsPerSecond() != null && !hasTraffic ? REQUESTS : TRAFFIC;
  }

  private static void flow(Line line, String name, Flow flow) {
    if (flow != null) {
      line.statistic(name + "_mean", flow.getMean()).statistic(name + "_max", flow.getMax());
    }
  }

  static Optional<String> latency(LatencyWindow window) {
    return tier(window.getSizeMs()).flatMap(tier -> latency(window, tier));
  }

  private static Optional<String> latency(LatencyWindow window, Tier tier) {
    return new Line(HistoryTable.LATENCIES.at(tier))
        .tag("resource", window.getResourceId())
        .tag("kind", window.getKind().name())
        .tag("service", window.getService())
        .tag("source", window.getSource().name())
        .flag("final", window.getIsFinal())
        .whole("members", (long) window.getMembers())
        .whole("count", window.getCount())
        .statistic("latency_ms_mean", window.getMeanMs())
        .statistic("latency_ms_max", window.getMaxMs())
        .statistic("latency_ms_min", window.getMinMs())
        .statistic("latency_p50_ms", window.getP50Ms())
        .statistic("latency_p90_ms", window.getP90Ms())
        .statistic("latency_p99_ms", window.getP99Ms())
        .statistic("latency_p999_ms", window.getP999Ms())
        .statistic("jitter_ms", window.getJitterMs())
        .statistic("loss_percent", window.getLossPercent())
        .statistic("error_percent", window.getErrorPercent())
        .at(window.getStartsAt());
  }
}
