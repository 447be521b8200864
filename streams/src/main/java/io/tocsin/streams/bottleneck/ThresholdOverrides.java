package io.tocsin.streams.bottleneck;

import java.time.Duration;

/**
 * Some thresholds in place of those that would hold; what is null stays as it is. The keys are
 * those of {@link Thresholds}.
 */
public record ThresholdOverrides(
    Double cpuPercent,
    Double memoryPercent,
    Double ioOperationsPerSecond,
    Double ioPercent,
    Double networkPercent,
    Double retransmitPercent,
    Double packetLossPercent,
    Long segments,
    Double stealPercent,
    Double vcpuDelayPercent,
    Double throttledPeriodsPercent,
    Double memoryStallPercent,
    Double clearBelow,
    Duration raiseAfter,
    Duration clearAfter,
    Duration clearAfterKill,
    Duration updateEvery) {

  /** Changes nothing. */
  public static final ThresholdOverrides NONE =
      new ThresholdOverrides(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null);

  /** These where they are named, the others where they are not. */
  public Thresholds over(Thresholds base) {
    return new Thresholds(
        or(cpuPercent, base.cpuPercent()),
        or(memoryPercent, base.memoryPercent()),
        or(ioOperationsPerSecond, base.ioOperationsPerSecond()),
        or(ioPercent, base.ioPercent()),
        or(networkPercent, base.networkPercent()),
        or(retransmitPercent, base.retransmitPercent()),
        or(packetLossPercent, base.packetLossPercent()),
        or(segments, base.segments()),
        or(stealPercent, base.stealPercent()),
        or(vcpuDelayPercent, base.vcpuDelayPercent()),
        or(throttledPeriodsPercent, base.throttledPeriodsPercent()),
        or(memoryStallPercent, base.memoryStallPercent()),
        or(clearBelow, base.clearBelow()),
        or(raiseAfter, base.raiseAfter()),
        or(clearAfter, base.clearAfter()),
        or(clearAfterKill, base.clearAfterKill()),
        or(updateEvery, base.updateEvery()));
  }

  private static <T> T or(T mine, T base) {
    return mine == null ? base : mine;
  }
}
