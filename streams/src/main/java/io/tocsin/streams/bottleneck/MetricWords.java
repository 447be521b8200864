package io.tocsin.streams.bottleneck;

import io.tocsin.streams.window.Metric;
import java.util.Locale;

/** Metrics as people read them. */
final class MetricWords {

  /** Tenths of it still fit into a long. */
  private static final double LARGE = 1e15;

  private MetricWords() {}

  /** What was measured, in words. */
  static String of(Metric metric, double value) {
    String sentence = sentence(metric);
    int at = sentence.indexOf('#');
    return sentence.substring(0, at) + number(value) + sentence.substring(at + 1);
  }

  /** One digit after the point where there is one to tell; a formatter costs ten times as much. */
  static String number(double value) {
    if (!(Math.abs(value) < LARGE)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    long tenths = Math.round(10 * value);
    long rest = Math.abs(tenths % 10);
    String whole = tenths < 0 && tenths > -10 ? "-0" : Long.toString(tenths / 10);
    return rest == 0 ? whole : whole + "." + rest;
  }

  /** As the tuning catalogue writes it: {@code STEAL_PERCENT} is {@code steal-percent}. */
  static String key(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String sentence(Metric metric) {
    return switch (metric) {
      case CPU_PERCENT -> "CPU # % in use";
      case MEMORY_PERCENT -> "memory # % in use";
      case IO_PERCENT -> "the busiest disk was busy # % of the time";
      case NETWORK_PERCENT -> "the busiest link carried # % of its speed";
      case IO_OPERATIONS -> "# disk operations/s";
      case IO_BYTES -> "# bytes/s to and from disks";
      case NETWORK_BYTES -> "# bytes/s over the network";
      case STEAL_PERCENT -> "the hypervisor stole # % of the CPU time";
      case CPU_PRESSURE -> "some task waited for a CPU # % of the time";
      case MEMORY_PRESSURE -> "some task waited for memory # % of the time";
      case IO_PRESSURE -> "some task waited for disks # % of the time";
      case RETRANSMIT_PERCENT -> "# % of the TCP segments were sent again";
      case VCPU_DELAY_PERCENT -> "the vCPUs waited for a host CPU # % of their time";
      case THROTTLED_PERCENT -> "its CPU quota held it back # % of the time of its cores";
      case THROTTLED_PERIODS_PERCENT -> "its CPU quota held it back in # % of the periods";
      case RUN_QUEUE_PER_CORE -> "# runnable tasks for each core";
      case SWAP_PAGES -> "# pages/s swapped";
      case MAJOR_FAULTS -> "# faults/s had to be read from disk";
      case OOM_KILLS -> "# processes killed for lack of memory";
      case MEMORY_STALL -> "all tasks waited for memory # % of the time";
      case IO_STALL -> "all tasks waited for disks # % of the time";
      case DISK_QUEUE -> "# operations outstanding at the busiest disk";
      case PACKET_LOSS_PERCENT -> "# % of the packets were broken or dropped";
    };
  }
}
