package io.tocsin.streams.bottleneck;

import static io.tocsin.schemas.BottleneckKind.CPU;
import static io.tocsin.schemas.BottleneckKind.IO;
import static io.tocsin.schemas.BottleneckKind.MEMORY;
import static io.tocsin.schemas.BottleneckKind.NETWORK;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.window.Metric;

/**
 * What else speaks for a bottleneck, or against it. A busy CPU may be one that is put to good use;
 * tasks that wait for it are a shortage. USE is Brendan Gregg's method
 * (https://www.brendangregg.com/USEmethod/use-linux.html), mixin is Prometheus' of the node
 * exporter (https://github.com/prometheus/node_exporter/blob/master/docs/node-mixin), PSI is
 * https://docs.kernel.org/accounting/psi.html, which names no limits: those for it are ours.
 */
enum Evidence {
  /** PSI "some". */
  CPU_PRESSURE(CPU, Metric.CPU_PRESSURE, 10, 1),
  /** USE: more runnable tasks than cores. */
  RUN_QUEUE(CPU, Metric.RUN_QUEUE_PER_CORE, 1, 0.5),
  /** See {@link Sign#STEAL}. Little is the rule and contradicts nothing. */
  STEAL(CPU, Metric.STEAL_PERCENT, 5, Evidence.NEVER),
  /** The same, as the host counts it. */
  VCPU_DELAY(CPU, Metric.VCPU_DELAY_PERCENT, 5, Evidence.NEVER),
  /** Kubernetes' mixin, CPUThrottlingHigh; see {@link Sign#THROTTLING}. */
  THROTTLING(CPU, Metric.THROTTLED_PERIODS_PERCENT, 25, Evidence.NEVER),
  /** PSI "some". Memory that is in use without it holds a cache, or what is seldom touched. */
  MEMORY_PRESSURE(MEMORY, Metric.MEMORY_PRESSURE, 10, 1),
  /** PSI "full". */
  MEMORY_STALL(MEMORY, Metric.MEMORY_STALL, 5, 0.1),
  /** USE: any swapping saturates memory; see {@link Sign#SWAPPING} for how much is any. */
  SWAPPING(MEMORY, Metric.SWAP_PAGES, Sign.SWAPPING, 1),
  /** Mixin, NodeMemoryMajorPagesFaults. */
  MAJOR_FAULTS(MEMORY, Metric.MAJOR_FAULTS, 500, 1),
  /** Ours: from there on the time an operation waits exceeds the time it takes. */
  DISK_USE(IO, Metric.IO_PERCENT, 60, 10),
  /** Mixin, NodeDiskIOSaturation, from 10 on; USE: below 1 nothing queues. */
  DISK_QUEUE(IO, Metric.DISK_QUEUE, 10, 1),
  /** PSI "some". */
  IO_PRESSURE(IO, Metric.IO_PRESSURE, 10, 1),
  /** PSI "full". */
  IO_STALL(IO, Metric.IO_STALL, 5, 0.1),
  /**
   * 1 % is common where links are busy (Pentikousis and others, https://arxiv.org/abs/1112.2292).
   */
  RETRANSMITS(NETWORK, Metric.RETRANSMIT_PERCENT, 1, 0.1),
  /** Mixin, NodeNetworkReceiveErrs and NodeNetworkTransmitErrs. */
  LOSS(NETWORK, Metric.PACKET_LOSS_PERCENT, 1, 0.01);

  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private static final Evidence[][] BY_KIND = {
    {CPU_PRESSURE, RUN_QUEUE, STEAL, VCPU_DELAY, THROTTLING},
    {MEMORY_PRESSURE, MEMORY_STALL, SWAPPING, MAJOR_FAULTS},
    {DISK_USE, DISK_QUEUE, IO_PRESSURE, IO_STALL},
    {RETRANSMITS, LOSS},
    {}
  };

  final BottleneckKind kind;
  final Metric metric;

  /** More than that agrees. */
  final double agreesAbove;

  /** Less than that contradicts; between the two it says nothing. */
  final double contradictsBelow;

  Evidence(BottleneckKind kind, Metric metric, double agreesAbove, double contradictsBelow) {
    this.kind = kind;
    this.metric = metric;
    this.agreesAbove = agreesAbove;
    this.contradictsBelow = contradictsBelow;
  }

  /** What there is to ask about a kind. */
  static Evidence[] of(BottleneckKind kind) {
    return BY_KIND[kind.ordinal()];
  }
}
