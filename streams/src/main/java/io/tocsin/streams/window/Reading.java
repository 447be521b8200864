package io.tocsin.streams.window;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.Sample;
import java.util.List;

/**
 * What of a sample is needed to make a rate with the next one, small enough to be kept in state.
 *
 * <p>Counters stand in one array, {@link #ABSENT} where the sample does not say: {@link #FIXED}
 * common ones, then {@link #PER_DEVICE} per disk (operations, bytes, busy µs), then as many per
 * link (received, sent, speed).
 *
 * @param at event time in ms: when it was measured, clamped if the agent's clock is far ahead
 * @param measuredAt what the agent's clock said, in ms; the length of intervals is made of it
 * @param origin agent and its boot id
 * @param sequence position in what the agent sent since it started
 * @param bootedAt when the machine booted, in ms; {@link #ABSENT} if not known
 * @param cores how many cores the resource may use
 * @param memoryPercent memory not available; NaN if not known
 * @param disks names of the block devices
 * @param links names of the network interfaces
 * @param counters see above
 */
record Reading(
    long at,
    long measuredAt,
    String origin,
    long sequence,
    long bootedAt,
    double cores,
    double memoryPercent,
    List<String> disks,
    List<String> links,
    long[] counters) {

  static final long ABSENT = -1;

  static final int CPU_BUSY = 0;
  static final int CPU_IDLE = 1;
  static final int CPU_STEAL = 2;
  static final int CPU_STALLED = 3;
  static final int MEMORY_STALLED = 4;
  static final int IO_STALLED = 5;
  static final int SEGMENTS = 6;
  static final int RETRANSMITTED = 7;
  static final int FIXED = 8;

  static final int PER_DEVICE = 3;

  /** The reading of a sample whose event time is {@code at}. */
  static Reading of(Sample sample, long at) {
    MemorySample memory = sample.getMemory();
    return new Reading(
        at,
        sample.getAt().toEpochMilli(),
        sample.getOrigin().getAgent() + '/' + sample.getOrigin().getBootId(),
        sample.getOrigin().getSequence(),
        sample.getBootedAt() == null ? ABSENT : sample.getBootedAt().toEpochMilli(),
        sample.getCpu() == null ? Double.NaN : sample.getCpu().getCores(),
        memory == null || memory.getAvailableBytes() == null || memory.getTotalBytes() <= 0
            ? Double.NaN
            : Interval.percent(
                (double) memory.getTotalBytes() - memory.getAvailableBytes(),
                memory.getTotalBytes()),
        sample.getDisks().stream().map(DiskSample::getName).toList(),
        sample.getInterfaces().stream().map(InterfaceSample::getName).toList(),
        counters(sample));
  }

  private static long[] counters(Sample sample) {
    List<DiskSample> disks = sample.getDisks();
    List<InterfaceSample> links = sample.getInterfaces();
    long[] to = new long[FIXED + PER_DEVICE * (disks.size() + links.size())];
    CpuSample cpu = sample.getCpu();
    to[CPU_BUSY] = cpu == null ? ABSENT : sum(cpu.getUserUs(), cpu.getSystemUs());
    to[CPU_IDLE] = cpu == null ? ABSENT : sum(cpu.getIdleUs(), cpu.getIowaitUs());
    to[CPU_STEAL] = cpu == null ? ABSENT : present(cpu.getStealUs());
    PressureSample pressure = sample.getPressure();
    to[CPU_STALLED] = pressure == null ? ABSENT : present(pressure.getCpuSomeUs());
    to[MEMORY_STALLED] = pressure == null ? ABSENT : present(pressure.getMemorySomeUs());
    to[IO_STALLED] = pressure == null ? ABSENT : present(pressure.getIoSomeUs());
    to[SEGMENTS] = present(sample.getTcpOutSegments());
    to[RETRANSMITTED] = present(sample.getTcpRetransmittedSegments());
    int next = FIXED;
    for (DiskSample disk : disks) {
      to[next++] = sum(disk.getReads(), disk.getWrites());
      to[next++] = sum(disk.getReadBytes(), disk.getWrittenBytes());
      to[next++] = present(disk.getBusyUs());
    }
    for (InterfaceSample link : links) {
      to[next++] = present(link.getRxBytes());
      to[next++] = present(link.getTxBytes());
      to[next++] = present(link.getSpeedBytesPerSecond());
    }
    return to;
  }

  /** A counter below zero is nonsense from outside; it counts as absent. */
  private static long present(Long counter) {
    return counter == null || counter < 0 ? ABSENT : counter;
  }

  private static long sum(long one, long other) {
    if (one < 0 || other < 0) {
      return ABSENT;
    }
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Where the counters of the link of this index begin. */
  int linkOffset(int link) {
    return FIXED + PER_DEVICE * (disks.size() + link);
  }

  boolean isRepeatOf(Reading other) {
    return sequence == other.sequence && origin.equals(other.origin);
  }

  boolean isAfter(Reading other) {
    return at > other.at || at == other.at && sequence > other.sequence;
  }
}
