package io.tocsin.streams.window;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.VcpuSample;
import java.util.Arrays;
import java.util.List;

/** The counters of a sample as one array; {@link Reading} says what stands where. */
final class Counters {

  private Counters() {}

  static long[] of(Sample sample, Shape shape) {
    long[] to = new long[shape.counters()];
    Arrays.fill(to, 0, Reading.FIXED, Reading.ABSENT);
    cpu(sample.getCpu(), to);
    memory(sample.getMemory(), to);
    pressure(sample.getPressure(), to);
    to[Reading.SEGMENTS] = present(sample.getTcpOutSegments());
    to[Reading.RETRANSMITTED] = present(sample.getTcpRetransmittedSegments());
    List<DiskSample> disks = sample.getDisks();
    for (int disk = 0; disk < disks.size(); disk++) {
      disk(disks.get(disk), to, shape.disk(disk));
    }
    List<InterfaceSample> links = sample.getInterfaces();
    for (int link = 0; link < links.size(); link++) {
      link(links.get(link), to, shape.link(link));
    }
    return to;
  }

  private static void cpu(CpuSample cpu, long[] to) {
    if (cpu == null) {
      return;
    }
    to[Reading.CPU_BUSY] = sum(cpu.getUserUs(), cpu.getSystemUs());
    to[Reading.CPU_IDLE] = sum(cpu.getIdleUs(), cpu.getIowaitUs());
    to[Reading.CPU_STEAL] = present(cpu.getStealUs());
    to[Reading.QUOTA_PERIODS] = present(cpu.getQuotaPeriods());
    to[Reading.THROTTLED_PERIODS] = present(cpu.getThrottledPeriods());
    // Zero is what the schema gives a resource without a quota, too.
    boolean hasQuota = cpu.getQuotaPeriods() != null || cpu.getThrottledUs() > 0;
    to[Reading.THROTTLED] = hasQuota ? present(cpu.getThrottledUs()) : Reading.ABSENT;
    to[Reading.RUNNABLE] = present(cpu.getRunning());
    long delayed = cpu.getVcpus().isEmpty() ? Reading.ABSENT : 0;
    for (VcpuSample vcpu : cpu.getVcpus()) {
      long delay = present(vcpu.getDelayUs());
      delayed = delayed < 0 || delay < 0 ? Reading.ABSENT : sum(delayed, delay);
    }
    to[Reading.VCPU_DELAY] = delayed;
  }

  private static void memory(MemorySample memory, long[] to) {
    if (memory == null) {
      return;
    }
    to[Reading.SWAPPED] = sum(memory.getSwapInPages(), memory.getSwapOutPages());
    to[Reading.MAJOR_FAULTS] = present(memory.getMajorFaults());
    to[Reading.OOM_KILLS] = present(memory.getOomKills());
  }

  private static void pressure(PressureSample pressure, long[] to) {
    if (pressure == null) {
      return;
    }
    to[Reading.CPU_STALLED] = present(pressure.getCpuSomeUs());
    to[Reading.MEMORY_STALLED] = present(pressure.getMemorySomeUs());
    to[Reading.IO_STALLED] = present(pressure.getIoSomeUs());
    to[Reading.MEMORY_FULL] = present(pressure.getMemoryFullUs());
    to[Reading.IO_FULL] = present(pressure.getIoFullUs());
  }

  private static void disk(DiskSample disk, long[] to, int from) {
    to[from + Reading.READS] = present(disk.getReads());
    to[from + Reading.WRITES] = present(disk.getWrites());
    to[from + Reading.READ_BYTES] = present(disk.getReadBytes());
    to[from + Reading.WRITTEN_BYTES] = present(disk.getWrittenBytes());
    to[from + Reading.BUSY] = present(disk.getBusyUs());
    to[from + Reading.WEIGHTED] = present(disk.getWeightedUs());
  }

  private static void link(InterfaceSample link, long[] to, int from) {
    to[from + Reading.RX_BYTES] = present(link.getRxBytes());
    to[from + Reading.TX_BYTES] = present(link.getTxBytes());
    to[from + Reading.RX_PACKETS] = present(link.getRxPackets());
    to[from + Reading.TX_PACKETS] = present(link.getTxPackets());
    to[from + Reading.LOST] =
        sum(
            sum(link.getRxErrors(), link.getTxErrors()),
            sum(link.getRxDropped(), link.getTxDropped()));
    to[from + Reading.SPEED] = present(link.getSpeedBytesPerSecond());
  }

  /** A counter below zero is nonsense from outside; it counts as absent. */
  private static long present(Long counter) {
    return counter == null ? Reading.ABSENT : present(counter.longValue());
  }

  private static long present(long counter) {
    return counter < 0 ? Reading.ABSENT : counter;
  }

  private static long sum(long one, long other) {
    if (one < 0 || other < 0) {
      return Reading.ABSENT;
    }
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
