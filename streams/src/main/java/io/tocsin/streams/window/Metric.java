package io.tocsin.streams.window;

/** What an interval between two samples is measured by. The order is part of the stored state. */
public enum Metric {
  /** CPU used, percentage of the resource's own cores. */
  CPU_PERCENT,
  /** Memory not available, percentage of the resource's own memory. */
  MEMORY_PERCENT,
  /** Time the busiest disk was busy, percentage. */
  IO_PERCENT,
  /** The busiest link's busier direction, percentage of its speed. */
  NETWORK_PERCENT,
  /** Disk operations per second, all disks. */
  IO_OPERATIONS,
  /** Disk bytes per second, all disks, both directions. */
  IO_BYTES,
  /** Network bytes per second, all links, both directions. */
  NETWORK_BYTES,
  /** Time the hypervisor gave to somebody else, percentage of all CPU time. */
  STEAL_PERCENT,
  /** Time in which some task waited for a CPU, percentage (PSI). */
  CPU_PRESSURE,
  /** The same for memory. */
  MEMORY_PRESSURE,
  /** The same for input and output. */
  IO_PRESSURE,
  /** TCP segments sent again, percentage of the segments sent. */
  RETRANSMIT_PERCENT;

  /** How many there are; {@code values()} copies its array at each call. */
  static final int COUNT = values().length;
}
