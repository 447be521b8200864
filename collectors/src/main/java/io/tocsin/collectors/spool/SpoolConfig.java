package io.tocsin.collectors.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where an agent keeps what the broker has not acknowledged, and how much of it.
 *
 * @param directory a directory of this agent's own; it is made if it is not there
 * @param maxMib most mebibytes that are kept; beyond it the oldest segment goes and is counted
 * @param segmentMib mebibytes to a file: what goes at once when the spool is full
 * @param syncInterval longest time between a write and its fsync, which is what a power cut may
 *     cost
 */
public record SpoolConfig(
    Path directory, Integer maxMib, Integer segmentMib, Duration syncInterval) {

  private static final int MIB = 1 << 20;
  private static final int LARGEST_SEGMENT = 1_024;
  private static final Duration LONGEST_SYNC = Duration.ofSeconds(10);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is missing or out of range
   */
  public SpoolConfig {
    maxMib = maxMib == null ? 512 : maxMib;
    segmentMib = segmentMib == null ? Math.max(1, Math.min(8, maxMib / 4)) : segmentMib;
    syncInterval = syncInterval == null ? Duration.ofMillis(100) : syncInterval;
    if (directory == null) {
      throw new IllegalArgumentException(
          "the spool has no directory: name one, or leave the whole spool out");
    }
    if (segmentMib < 1 || segmentMib > LARGEST_SEGMENT) {
      throw new IllegalArgumentException(
          "a spool segment of %d MiB: give it 1 to %d MiB".formatted(segmentMib, LARGEST_SEGMENT));
    }
    if (maxMib < 2 * segmentMib) {
      throw new IllegalArgumentException(
          "a spool of %d MiB in segments of %d MiB: give it room for two segments at least"
              .formatted(maxMib, segmentMib));
    }
    if (syncInterval.isNegative() || syncInterval.compareTo(LONGEST_SYNC) > 0) {
      throw new IllegalArgumentException(
          "a spool that is synced every %s: give it 0 s to 10 s".formatted(syncInterval));
    }
  }

  /** A spool with the defaults. */
  public static SpoolConfig in(Path directory) {
    return new SpoolConfig(directory, null, null, null);
  }

  long maxBytes() {
    return (long) maxMib * MIB;
  }

  long segmentBytes() {
    return (long) segmentMib * MIB;
  }
}
