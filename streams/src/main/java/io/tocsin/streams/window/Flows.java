package io.tocsin.streams.window;

/**
 * What went through a resource: totals by {@link Kind}, and the highest rate of a single interval.
 *
 * @param coveredMs time of the intervals they come from
 * @param totals by {@link Kind}; {@link #UNKNOWN} where the resource does not say
 * @param highest per second, by {@link Kind}
 */
public record Flows(long coveredMs, long[] totals, double[] highest) {

  /** Not counted by the resource. */
  public static final long UNKNOWN = -1;

  /** What is counted. The order is part of the stored state. */
  public enum Kind {
    /** Bytes received, all links. */
    RX_BYTES,
    /** Bytes sent. */
    TX_BYTES,
    /** Packets received. */
    RX_PACKETS,
    /** Packets sent. */
    TX_PACKETS,
    /** Packets broken or dropped, both directions. */
    LOST_PACKETS,
    /** Disk operations, all disks. */
    DISK_OPERATIONS,
    /** Bytes read and written. */
    DISK_BYTES;

    /** How many there are. */
    public static final int COUNT = values().length;
  }

  /** How much of a kind; {@link #UNKNOWN} where the resource does not say. */
  public long total(Kind kind) {
    return totals[kind.ordinal()];
  }

  /** Highest rate of a kind, per second. */
  public double highest(Kind kind) {
    return highest[kind.ordinal()];
  }
}
