package io.tocsin.streams.bottleneck;

import io.tocsin.streams.window.Metric;
import java.util.Locale;

/** Metrics as people read them. */
final class MetricWords {

  private MetricWords() {}

  /** What was measured, in words. */
  static String of(Metric metric, double value) {
    return String.format(Locale.ROOT, sentence(metric), number(value));
  }

  /** One digit after the point where there is one to tell. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** As the tuning catalogue writes it: {@code STEAL_PERCENT} is {@code steal-percent}. */
  static String key(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String sentence(Metric metric) {
    return switch (metric) {
      case CPU_PERCENT -> "CPU %s %% in use";
      case MEMORY_PERCENT -> "memory %s %% in use";
      case IO_PERCENT -> "the busiest disk was busy %s %% of the time";
      case NETWORK_PERCENT -> "the busiest link carried %s %% of its speed";
      case IO_OPERATIONS -> "%s disk operations/s";
      case IO_BYTES -> "%s bytes/s to and from disks";
      case NETWORK_BYTES -> "%s bytes/s over the network";
      case STEAL_PERCENT -> "the hypervisor stole %s %% of the CPU time";
      case CPU_PRESSURE -> "some task waited for a CPU %s %% of the time";
      case MEMORY_PRESSURE -> "some task waited for memory %s %% of the time";
      case IO_PRESSURE -> "some task waited for disks %s %% of the time";
      case RETRANSMIT_PERCENT -> "%s %% of the TCP segments were sent again";
      case VCPU_DELAY_PERCENT -> "the vCPUs waited for a host CPU %s %% of their time";
      case THROTTLED_PERCENT -> "its CPU quota held it back %s %% of the time of its cores";
      case THROTTLED_PERIODS_PERCENT -> "its CPU quota held it back in %s %% of the periods";
      case RUN_QUEUE_PER_CORE -> "%s runnable tasks for each core";
      case SWAP_PAGES -> "%s pages/s swapped";
      case MAJOR_FAULTS -> "%s faults/s had to be read from disk";
      case OOM_KILLS -> "%s processes killed for lack of memory";
      case MEMORY_STALL -> "all tasks waited for memory %s %% of the time";
      case IO_STALL -> "all tasks waited for disks %s %% of the time";
      case DISK_QUEUE -> "%s operations outstanding at the busiest disk";
      case PACKET_LOSS_PERCENT -> "%s %% of the packets were broken or dropped";
    };
  }
}
