package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;

/**
 * What makes a bottleneck, alone, once it has lasted above its threshold. A kind is as bad as the
 * worst of its signs. Each names the source of its default threshold; {@link Evidence} is what only
 * makes a bottleneck surer.
 */
enum Sign {
  /** The mission: CPU above 80 %. */
  CPU_USE(BottleneckKind.CPU, Metric.CPU_PERCENT, Role.SHARE, "%"),
  /**
   * 10 %: the hypervisor gave every tenth moment to somebody else. The rule of thumb for a vCPU
   * that is ready and waits is that up to 5 % of the time is good and 10 % is bad (collected with
   * VMware's articles at https://sclabs.blogspot.com/2019/12/esxi-vm-cpu-ready.html); steal is the
   * same seen from inside.
   */
  STEAL(BottleneckKind.CPU, Metric.STEAL_PERCENT, Role.SHORTAGE, "% stolen"),
  /** 10 %: see {@link #STEAL}; this is it as the host counts it. */
  VCPU_DELAY(BottleneckKind.CPU, Metric.VCPU_DELAY_PERCENT, Role.SHORTAGE, "% delayed"),
  /**
   * 50 %: held back in most periods, a container is short of CPU however little it uses on average
   * (https://docs.kernel.org/scheduler/sched-bwc.html). Kubernetes' mixin warns from 25 % on
   * (CPUThrottlingHigh, https://github.com/kubernetes-monitoring/kubernetes-mixin), which is our
   * second evidence.
   */
  THROTTLING(
      BottleneckKind.CPU,
      Metric.THROTTLED_PERIODS_PERCENT,
      Role.SHORTAGE,
      "% of periods throttled"),
  /** The mission: memory above 90 %. */
  MEMORY_USE(BottleneckKind.MEMORY, Metric.MEMORY_PERCENT, Role.SHARE, "%"),
  /**
   * 10 % (ours): nothing at all ran for a tenth of the time, while {@value #SWAPPING} pages/s went
   * through swap: thrashing, in PSI's words "full" (https://docs.kernel.org/accounting/psi.html).
   * systemd-oomd kills at 60 % over 30 s; by then it is late to tell.
   */
  MEMORY_STALL(BottleneckKind.MEMORY, Metric.MEMORY_STALL, Role.SHORTAGE, "% stalled"),
  /** A process killed for lack of memory: work is lost. It does not have to last. */
  KILLS(BottleneckKind.MEMORY, Metric.OOM_KILLS, Role.SHORTAGE, "killed"),
  /** The mission: more than 1000 operations/s. */
  DISK_OPERATIONS(BottleneckKind.IO, Metric.IO_OPERATIONS, Role.RATE, "operations/s"),
  /** 90 % (ours): a disk that is busy so long queues whatever its number of operations. */
  DISK_USE(BottleneckKind.IO, Metric.IO_PERCENT, Role.SHARE, "%"),
  /** 80 % (ours): bursts shorter than an interval fill the link from there on. */
  LINK_USE(BottleneckKind.NETWORK, Metric.NETWORK_PERCENT, Role.SHARE, "%"),
  /**
   * 5 %: TCP's throughput falls with the root of the loss (Mathis and others, 1997,
   * https://doi.org/10.1145/263932.264023) and has fallen apart there; few segments make no
   * percentage.
   */
  RETRANSMITS(BottleneckKind.NETWORK, Metric.RETRANSMIT_PERCENT, Role.SHORTAGE, "% sent again"),
  /** 5 %: see {@link #RETRANSMITS}. */
  LOSS(BottleneckKind.NETWORK, Metric.PACKET_LOSS_PERCENT, Role.SHORTAGE, "% lost");

  /** What a value says of itself. */
  enum Role {
    /** Part of a capacity is in use, which may be good use; all of it is 100 %. */
    SHARE,
    /** Much is done, of an unknown capacity. */
    RATE,
    /** It is the shortage itself, so that nothing calm beside it contradicts. */
    SHORTAGE
  }

  /** Pages/s below which swapping is no more than tidying up; 400 KB/s with 4 KiB pages; ours. */
  static final double SWAPPING = 100;

  /** Bytes of a full Ethernet packet, to tell traffic from silence where segments are not known. */
  private static final int PACKET_BYTES = 1_500;

  private static final Sign[][] BY_KIND = {
    {CPU_USE, STEAL, VCPU_DELAY, THROTTLING},
    {MEMORY_USE, MEMORY_STALL, KILLS},
    {DISK_OPERATIONS, DISK_USE},
    {LINK_USE, RETRANSMITS, LOSS},
    {}
  };

  final BottleneckKind kind;
  final Metric metric;
  final Role role;
  final String unit;

  Sign(BottleneckKind kind, Metric metric, Role role, String unit) {
    this.kind = kind;
    this.metric = metric;
    this.role = role;
    this.unit = unit;
  }

  /** Those of a kind. The array is shared: it is read for each interval. */
  static Sign[] of(BottleneckKind kind) {
    return BY_KIND[kind.ordinal()];
  }

  /** Ratio of the worst sign of a kind; NaN where none is known. */
  static double worstRatio(BottleneckKind kind, Interval interval, Thresholds thresholds) {
    double worst = Double.NaN;
    for (Sign sign : of(kind)) {
      double ratio = sign.ratio(interval, thresholds);
      if (ratio > worst || Double.isNaN(worst)) {
        worst = ratio;
      }
    }
    return worst;
  }

  /** From where on it is too much. */
  double threshold(Thresholds thresholds) {
    return switch (this) {
      case CPU_USE -> thresholds.cpuPercent();
      case STEAL -> thresholds.stealPercent();
      case VCPU_DELAY -> thresholds.vcpuDelayPercent();
      case THROTTLING -> thresholds.throttledPeriodsPercent();
      case MEMORY_USE -> thresholds.memoryPercent();
      case MEMORY_STALL -> thresholds.memoryStallPercent();
      case KILLS -> 0;
      case DISK_OPERATIONS -> thresholds.ioOperationsPerSecond();
      case DISK_USE -> thresholds.ioPercent();
      case LINK_USE -> thresholds.networkPercent();
      case RETRANSMITS -> thresholds.retransmitPercent();
      case LOSS -> thresholds.packetLossPercent();
    };
  }

  /**
   * Value ÷ threshold: 1 at the threshold, by which kinds are compared. NaN where it is not known.
   */
  double ratio(Interval interval, Thresholds thresholds) {
    double value = trusted(metric, interval, thresholds);
    return switch (this) {
      case KILLS -> value > 0 ? 1 + value : value;
      case MEMORY_STALL ->
          Math.min(
              value / thresholds.memoryStallPercent(),
              interval.value(Metric.SWAP_PAGES) / SWAPPING);
      default -> value / threshold(thresholds);
    };
  }

  /**
   * How far it went from the threshold, 0, to the ceiling, 1: 100 % of a capacity, twice the
   * threshold of all else.
   */
  double way(Interval interval, Thresholds thresholds) {
    if (!(ratio(interval, thresholds) > 1)) {
      return 0;
    }
    if (this == KILLS) {
      return 1;
    }
    double threshold = threshold(thresholds);
    double ceiling = role == Role.SHARE && threshold < 100 ? 100 : 2 * threshold;
    return Math.min(1, (interval.value(metric) - threshold) / (ceiling - threshold));
  }

  /** The value; NaN where so little went over the network that it makes no percentage. */
  static double trusted(Metric metric, Interval interval, Thresholds thresholds) {
    boolean isTrusted =
        switch (metric) {
          case RETRANSMIT_PERCENT -> interval.segments() >= thresholds.segments();
          case PACKET_LOSS_PERCENT ->
              interval.segments() >= thresholds.segments()
                  || interval.value(Metric.NETWORK_BYTES) * interval.lengthMs() / 1_000
                      >= (double) PACKET_BYTES * thresholds.segments();
          default -> true;
        };
    return isTrusted ? interval.value(metric) : Double.NaN;
  }

  /** The sign in words. */
  String words(Interval interval, Thresholds thresholds) {
    String measured = MetricWords.of(metric, interval.value(metric));
    return this == KILLS
        ? measured
        : measured + ", threshold " + MetricWords.number(threshold(thresholds));
  }
}
