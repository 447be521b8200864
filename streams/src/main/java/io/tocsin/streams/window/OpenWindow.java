package io.tocsin.streams.window;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Window;
import io.tocsin.streams.sketch.Sketch;
import java.time.Instant;

/** A window that still takes intervals. */
final class OpenWindow {

  static final long NEVER = -1;

  final long startsAt;
  final long sizeMs;
  final Sketch[] sketches = new Sketch[Metric.WINDOWED];
  int intervals;
  long latestAt;

  /** Second of event time in which the last update was sent; {@link #NEVER} if none was. */
  long updatedInSecond = NEVER;

  OpenWindow(long startsAt, long sizeMs) {
    this.startsAt = startsAt;
    this.sizeMs = sizeMs;
    this.latestAt = startsAt;
    for (int metric = 0; metric < sketches.length; metric++) {
      sketches[metric] = new Sketch();
    }
  }

  long endsAt() {
    return startsAt + sizeMs;
  }

  boolean contains(long at) {
    return at >= startsAt && at < endsAt();
  }

  /** A sample lies in it, whether it makes an interval or not. */
  void saw(long at) {
    latestAt = Math.max(latestAt, at);
  }

  void add(Interval interval) {
    intervals++;
    for (int metric = 0; metric < sketches.length; metric++) {
      sketches[metric].add(interval.values()[metric], interval.lengthMs());
    }
  }

  OpenWindow copy() {
    OpenWindow copy = new OpenWindow(startsAt, sizeMs);
    for (int metric = 0; metric < sketches.length; metric++) {
      copy.sketches[metric].merge(sketches[metric]);
    }
    copy.intervals = intervals;
    copy.latestAt = latestAt;
    copy.updatedInSecond = updatedInSecond;
    return copy;
  }

  Window toWindow(Subject subject, boolean isFinal) {
    Figure cpu = figure(Metric.CPU_PERCENT);
    Figure memory = figure(Metric.MEMORY_PERCENT);
    Figure io = figure(Metric.IO_PERCENT);
    Figure network = figure(Metric.NETWORK_PERCENT);
    Window window = new Window();
    window.setResourceId(subject.resourceId());
    window.setKind(subject.kind());
    window.setService(subject.service());
    window.setTier(subject.tier());
    window.setStartsAt(Instant.ofEpochMilli(startsAt));
    window.setEndsAt(Instant.ofEpochMilli(endsAt()));
    window.setSizeMs(sizeMs);
    window.setLatestAt(Instant.ofEpochMilli(latestAt));
    window.setIsFinal(isFinal);
    window.setIntervals(intervals);
    window.setCpuPercent(cpu);
    window.setMemoryPercent(memory);
    window.setIoPercent(io);
    window.setNetworkPercent(network);
    window.setIoOperationsPerSecond(figure(Metric.IO_OPERATIONS));
    window.setIoBytesPerSecond(figure(Metric.IO_BYTES));
    window.setNetworkBytesPerSecond(figure(Metric.NETWORK_BYTES));
    window.setStealPercent(figure(Metric.STEAL_PERCENT));
    window.setCpuPressurePercent(figure(Metric.CPU_PRESSURE));
    window.setMemoryPressurePercent(figure(Metric.MEMORY_PRESSURE));
    window.setIoPressurePercent(figure(Metric.IO_PRESSURE));
    window.setRetransmitPercent(figure(Metric.RETRANSMIT_PERCENT));
    window.setVcpuDelayPercent(figure(Metric.VCPU_DELAY_PERCENT));
    window.setThrottledPercent(figure(Metric.THROTTLED_PERCENT));
    window.setEfficiency(Efficiency.of(cpu, memory, io, network));
    return window;
  }

  private Figure figure(Metric metric) {
    return sketches[metric.ordinal()].figure();
  }
}
