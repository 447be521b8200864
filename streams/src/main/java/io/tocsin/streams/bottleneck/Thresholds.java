package io.tocsin.streams.bottleneck;

import java.time.Duration;

/**
 * From where on a resource is short of something, and how long that has to last.
 *
 * <p>CPU, memory and disk operations are the mission's; {@link Sign} says where each of the others
 * comes from.
 *
 * @param cpuPercent of the resource's own cores
 * @param memoryPercent of its own memory
 * @param ioOperationsPerSecond of all its disks
 * @param ioPercent busy time of its busiest disk
 * @param networkPercent of the busiest link's speed
 * @param retransmitPercent of the TCP segments sent
 * @param packetLossPercent of the packets
 * @param segments TCP segments an interval needs to make a percentage of those sent again
 * @param stealPercent of all CPU time
 * @param vcpuDelayPercent of the vCPUs' time
 * @param throttledPeriodsPercent of the periods of a CPU quota
 * @param memoryStallPercent of the time, all tasks waiting for memory while pages are swapped
 * @param clearBelow share of the threshold below which a value has to fall to end an episode:
 *     between the two nothing changes, so that a value at the threshold does not flicker
 * @param raiseAfter how long without a break a value has to be above
 * @param clearAfter how long without a break a value has to be below; longer than {@code
 *     raiseAfter}, because ending too early costs a second page
 * @param clearAfterKill the same after a kill for lack of memory: what was killed is started again
 *     and killed again, and that is one episode
 * @param updateEvery least time between two records of an active episode
 */
public record Thresholds(
    double cpuPercent,
    double memoryPercent,
    double ioOperationsPerSecond,
    double ioPercent,
    double networkPercent,
    double retransmitPercent,
    double packetLossPercent,
    long segments,
    double stealPercent,
    double vcpuDelayPercent,
    double throttledPeriodsPercent,
    double memoryStallPercent,
    double clearBelow,
    Duration raiseAfter,
    Duration clearAfter,
    Duration clearAfterKill,
    Duration updateEvery) {

  private static final Thresholds DEFAULTS =
      new Thresholds(
          80,
          90,
          1_000,
          90,
          80,
          5,
          5,
          100,
          10,
          10,
          50,
          10,
          0.95,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5));

  public Thresholds {
    positive("cpu-percent", cpuPercent);
    positive("memory-percent", memoryPercent);
    positive("io-operations-per-second", ioOperationsPerSecond);
    positive("io-percent", ioPercent);
    positive("network-percent", networkPercent);
    positive("retransmit-percent", retransmitPercent);
    positive("packet-loss-percent", packetLossPercent);
    positive("steal-percent", stealPercent);
    positive("vcpu-delay-percent", vcpuDelayPercent);
    positive("throttled-periods-percent", throttledPeriodsPercent);
    positive("memory-stall-percent", memoryStallPercent);
    if (!(clearBelow > 0 && clearBelow <= 1)) {
      throw new IllegalArgumentException("clear-below is a share, above 0 and up to 1");
    }
  }

  /** The mission's thresholds; 5 s to raise, 10 s below 95 % of the threshold to clear. */
  public static Thresholds defaults() {
    return DEFAULTS;
  }

  private static void positive(String key, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(key + " has to be above 0, but is " + value);
    }
  }
}
