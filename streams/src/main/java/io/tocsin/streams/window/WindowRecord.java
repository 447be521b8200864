package io.tocsin.streams.window;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Window;
import java.time.Instant;

/** Makes the record of a window, of one resource or of many, out of its figures. */
public final class WindowRecord {

  private WindowRecord() {}

  /** Where the figures come from. */
  @FunctionalInterface
  public interface Figures {
    /** The figure of a metric; null where nothing is known. */
    Figure of(Metric metric);
  }

  /**
   * The record.
   *
   * @param startsAt event time, ms
   * @param latestAt event time of the newest sample in it, ms
   * @param members resources it is rolled up from; 0 for a resource's own
   * @param capacity what the resource has, or its members have together
   */
  public static Window of(
      Subject subject,
      long startsAt,
      long sizeMs,
      long latestAt,
      boolean isFinal,
      int intervals,
      int members,
      Capacity capacity,
      Figures figures) {
    Figure cpu = figures.of(Metric.CPU_PERCENT);
    Figure memory = figures.of(Metric.MEMORY_PERCENT);
    Figure io = figures.of(Metric.IO_PERCENT);
    Figure network = figures.of(Metric.NETWORK_PERCENT);
    Window window = new Window();
    window.setResourceId(subject.resourceId());
    window.setKind(subject.kind());
    window.setService(subject.service());
    window.setTier(subject.tier());
    window.setStartsAt(Instant.ofEpochMilli(startsAt));
    window.setEndsAt(Instant.ofEpochMilli(startsAt + sizeMs));
    window.setSizeMs(sizeMs);
    window.setLatestAt(Instant.ofEpochMilli(latestAt));
    window.setIsFinal(isFinal);
    window.setIntervals(intervals);
    window.setMembers(members);
    window.setCpuPercent(cpu);
    window.setMemoryPercent(memory);
    window.setIoPercent(io);
    window.setNetworkPercent(network);
    window.setIoOperationsPerSecond(figures.of(Metric.IO_OPERATIONS));
    window.setIoBytesPerSecond(figures.of(Metric.IO_BYTES));
    window.setNetworkBytesPerSecond(figures.of(Metric.NETWORK_BYTES));
    window.setStealPercent(figures.of(Metric.STEAL_PERCENT));
    window.setCpuPressurePercent(figures.of(Metric.CPU_PRESSURE));
    window.setMemoryPressurePercent(figures.of(Metric.MEMORY_PRESSURE));
    window.setIoPressurePercent(figures.of(Metric.IO_PRESSURE));
    window.setRetransmitPercent(figures.of(Metric.RETRANSMIT_PERCENT));
    window.setVcpuDelayPercent(figures.of(Metric.VCPU_DELAY_PERCENT));
    window.setThrottledPercent(figures.of(Metric.THROTTLED_PERCENT));
    window.setCores(capacity.hasCores() ? (Double) capacity.cores() : null);
    window.setMemoryBytes(capacity.hasMemory() ? (Long) capacity.memoryBytes() : null);
    window.setFilesystemPercent(
        capacity.filesystem() == null ? null : (Double) capacity.filesystemPercent());
    window.setFilesystemName(capacity.filesystem());
    window.setEfficiency(Efficiency.of(cpu, memory, io, network));
    Double overhead = Overhead.of(window);
    window.setOverheadPercent(overhead);
    window.setOverheadBand(Overhead.band(subject.kind(), overhead));
    return window;
  }
}
