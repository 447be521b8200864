package io.tocsin.streams.window;

/**
 * What an interval between two samples is measured by. The order is part of the stored state: first
 * those that windows keep statistics of, then those that are evidence of a bottleneck only.
 */
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
  RETRANSMIT_PERCENT,
  /** Time the vCPUs were runnable and waited for a host CPU, percentage of their time. */
  VCPU_DELAY_PERCENT,
  /** Time held back by a CPU quota, percentage of the time of the resource's own cores. */
  THROTTLED_PERCENT,
  /** Periods of the CPU quota in which tasks were held back, percentage of the periods. */
  THROTTLED_PERIODS_PERCENT,
  /** Runnable tasks at the newer sample, for each core. */
  RUN_QUEUE_PER_CORE,
  /** Pages swapped in and out per second. */
  SWAP_PAGES,
  /** Faults per second that had to be read from disk: reclaim took what was needed. */
  MAJOR_FAULTS,
  /** Processes killed for lack of memory in the interval. */
  OOM_KILLS,
  /** Time in which all tasks waited for memory, percentage (PSI full). */
  MEMORY_STALL,
  /** Time in which all tasks waited for input or output, percentage (PSI full). */
  IO_STALL,
  /** Operations outstanding at the busiest disk, mean over the interval. */
  DISK_QUEUE,
  /** Packets broken or dropped, percentage of all packets, all links. */
  PACKET_LOSS_PERCENT;

  /** How many windows keep statistics of: the first ones. */
  public static final int WINDOWED = THROTTLED_PERCENT.ordinal() + 1;

  /** How many there are; {@code values()} copies its array at each call. */
  public static final int COUNT = values().length;
}
