package io.tocsin.streams.bottleneck;

import java.time.Duration;

/**
 * From where on a resource is short of something, and how long that has to last.
 *
 * <p>The first three and the network's are the mission's. The others are ours: a disk that is busy
 * 90 % of the time queues whatever its number of operations; above 5 % of segments sent again TCP's
 * throughput falls apart, and few segments make no percentage.
 *
 * @param cpuPercent of the resource's own cores
 * @param memoryPercent of its own memory
 * @param ioOperationsPerSecond of all its disks
 * @param ioPercent busy time of its busiest disk
 * @param networkPercent of the busiest link's speed
 * @param retransmitPercent of the TCP segments sent
 * @param segments TCP segments an interval needs for that
 * @param clearBelow share of the threshold below which a value has to fall to end an episode:
 *     between the two nothing changes, so that a value at the threshold does not flicker
 * @param raiseAfter how long without a break a value has to be above
 * @param clearAfter how long without a break a value has to be below; longer than {@code
 *     raiseAfter}, because ending too early costs a second page
 * @param updateEvery least time between two records of an active episode
 */
public record Thresholds(
    double cpuPercent,
    double memoryPercent,
    double ioOperationsPerSecond,
    double ioPercent,
    double networkPercent,
    double retransmitPercent,
    long segments,
    double clearBelow,
    Duration raiseAfter,
    Duration clearAfter,
    Duration updateEvery) {

  public Thresholds {
    if (clearBelow <= 0 || clearBelow > 1) {
      throw new IllegalArgumentException("clearBelow is a share, above 0 and up to 1");
    }
  }

  /** The mission's thresholds; 5 s to raise, 10 s below 95 % of the threshold to clear. */
  public static Thresholds defaults() {
    return new Thresholds(
        80,
        90,
        1_000,
        90,
        80,
        5,
        100,
        0.95,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5));
  }
}
