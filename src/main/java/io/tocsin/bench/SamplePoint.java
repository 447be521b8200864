package io.tocsin.bench;

import io.tocsin.schemas.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One of the numbers that a sample of the fleet carries, as Prometheus would know it.
 *
 * @param name its metric name there
 * @param isCounter whether it only grows
 * @param value reads it from a sample
 */
record SamplePoint(String name, boolean isCounter, ToDoubleFunction<Sample> value) {

  private static final double US_PER_S = 1e6;

  /** All of them. */
  static final List<SamplePoint> ALL =
      List.of(
          gauge("cpu_cores", s -> s.getCpu().getCores()),
          seconds("cpu_user", s -> s.getCpu().getUserUs()),
          seconds("cpu_system", s -> s.getCpu().getSystemUs()),
          seconds("cpu_iowait", s -> s.getCpu().getIowaitUs()),
          seconds("cpu_idle", s -> s.getCpu().getIdleUs()),
          seconds("cpu_steal", s -> s.getCpu().getStealUs()),
          gauge("memory_total_bytes", s -> s.getMemory().getTotalBytes()),
          gauge("memory_available_bytes", s -> s.getMemory().getAvailableBytes()),
          counter("disk_reads_total", s -> s.getDisks().get(0).getReads()),
          counter("disk_writes_total", s -> s.getDisks().get(0).getWrites()),
          counter("disk_read_bytes_total", s -> s.getDisks().get(0).getReadBytes()),
          counter("disk_written_bytes_total", s -> s.getDisks().get(0).getWrittenBytes()),
          seconds("disk_busy", s -> s.getDisks().get(0).getBusyUs()),
          counter("network_received_bytes_total", s -> s.getInterfaces().get(0).getRxBytes()),
          counter("network_sent_bytes_total", s -> s.getInterfaces().get(0).getTxBytes()),
          counter("network_received_packets_total", s -> s.getInterfaces().get(0).getRxPackets()),
          counter("network_sent_packets_total", s -> s.getInterfaces().get(0).getTxPackets()),
          gauge("network_speed_bytes", s -> s.getInterfaces().get(0).getSpeedBytesPerSecond()),
          seconds("pressure_cpu", s -> s.getPressure().getCpuSomeUs()),
          seconds("pressure_memory", s -> s.getPressure().getMemorySomeUs()),
          seconds("pressure_memory_full", s -> s.getPressure().getMemoryFullUs()),
          seconds("pressure_io", s -> s.getPressure().getIoSomeUs()),
          seconds("pressure_io_full", s -> s.getPressure().getIoFullUs()),
          counter("tcp_segments_total", Sample::getTcpOutSegments),
          counter("tcp_retransmitted_total", Sample::getTcpRetransmittedSegments));

  private static SamplePoint gauge(String name, ToDoubleFunction<Sample> value) {
    return new SamplePoint("bench_" + name, false, value);
  }

  private static SamplePoint counter(String name, ToDoubleFunction<Sample> value) {
    return new SamplePoint("bench_" + name, true, value);
  }

  private static SamplePoint seconds(String name, ToDoubleFunction<Sample> micros) {
    return counter(name + "_seconds_total", sample -> micros.applyAsDouble(sample) / US_PER_S);
  }
}
