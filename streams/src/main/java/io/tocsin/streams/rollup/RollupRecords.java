package io.tocsin.streams.rollup;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Window;
import io.tocsin.streams.window.Efficiency;
import io.tocsin.streams.window.Flows;
import io.tocsin.streams.window.Metric;
import java.time.Instant;
import java.util.List;

/** The records that say what a roll-up amounts to. */
public final class RollupRecords {

  private final Group group;
  private final RollupWindow window;
  private final boolean isFinal;

  /** Records of a group's window. */
  public RollupRecords(Group group, RollupWindow window, boolean isFinal) {
    this.group = group;
    this.window = window;
    this.isFinal = isFinal;
  }

  private String service() {
    return group instanceof Group.Service service ? service.name() : null;
  }

  /** That of a service is the highest of its members'; others have none. */
  private Tier tier() {
    return group instanceof Group.Service ? window.tier : Tier.UNSPECIFIED;
  }

  /** Its statistics. The efficiency is that of the members' means together. */
  public Window window() {
    Figure cpu = figure(Metric.CPU_PERCENT);
    Figure memory = figure(Metric.MEMORY_PERCENT);
    Figure io = figure(Metric.IO_PERCENT);
    Figure network = figure(Metric.NETWORK_PERCENT);
    return Window.newBuilder()
        .setResourceId(group.id())
        .setKind(group.kind())
        .setService(service())
        .setTier(tier())
        .setStartsAt(Instant.ofEpochMilli(window.startsAt))
        .setEndsAt(Instant.ofEpochMilli(window.endsAt()))
        .setSizeMs(window.sizeMs)
        .setLatestAt(Instant.ofEpochMilli(window.latestAt))
        .setIsFinal(isFinal)
        .setIntervals(window.intervals)
        .setMembers(window.members())
        .setCpuPercent(cpu)
        .setMemoryPercent(memory)
        .setIoPercent(io)
        .setNetworkPercent(network)
        .setIoOperationsPerSecond(figure(Metric.IO_OPERATIONS))
        .setIoBytesPerSecond(figure(Metric.IO_BYTES))
        .setNetworkBytesPerSecond(figure(Metric.NETWORK_BYTES))
        .setStealPercent(figure(Metric.STEAL_PERCENT))
        .setCpuPressurePercent(figure(Metric.CPU_PRESSURE))
        .setMemoryPressurePercent(figure(Metric.MEMORY_PRESSURE))
        .setIoPressurePercent(figure(Metric.IO_PRESSURE))
        .setRetransmitPercent(figure(Metric.RETRANSMIT_PERCENT))
        .setVcpuDelayPercent(figure(Metric.VCPU_DELAY_PERCENT))
        .setThrottledPercent(figure(Metric.THROTTLED_PERCENT))
        .setEfficiency(Efficiency.of(cpu, memory, io, network))
        .build();
  }

  /**
   * What went through. Totals add up. The mean over one slot is the sum of the members' means; over
   * several it is the total by the time covered, as a member that was replaced half-way by another
   * must not count twice.
   */
  public ThroughputWindow throughput() {
    return ThroughputWindow.newBuilder()
        .setResourceId(group.id())
        .setKind(group.kind())
        .setService(service())
        .setTier(tier())
        .setStartsAt(Instant.ofEpochMilli(window.startsAt))
        .setEndsAt(Instant.ofEpochMilli(window.endsAt()))
        .setSizeMs(window.sizeMs)
        .setLatestAt(Instant.ofEpochMilli(window.latestAt))
        .setIsFinal(isFinal)
        .setMembers(window.members())
        .setCoveredMs(window.coveredMs())
        .setRxBytesPerSecond(flow(Flows.Kind.RX_BYTES))
        .setTxBytesPerSecond(flow(Flows.Kind.TX_BYTES))
        .setRxPacketsPerSecond(flow(Flows.Kind.RX_PACKETS))
        .setTxPacketsPerSecond(flow(Flows.Kind.TX_PACKETS))
        .setLostPacketsPerSecond(flow(Flows.Kind.LOST_PACKETS))
        .setDiskOperationsPerSecond(flow(Flows.Kind.DISK_OPERATIONS))
        .setDiskBytesPerSecond(flow(Flows.Kind.DISK_BYTES))
        .setLinks(List.of())
        .setDisks(List.of())
        .build();
  }

  private Figure figure(Metric metric) {
    return window.sketches[metric.ordinal()].figure();
  }

  private Flow flow(Flows.Kind kind) {
    FlowSum sum = window.flows[kind.ordinal()];
    return window.members.length == 1 ? sum.sumOfMeans() : sum.over(window.coveredMs());
  }
}
