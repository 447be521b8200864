package io.tocsin.alerting.signal;

import io.tocsin.schemas.Band;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Window;
import java.util.function.Function;

/** Windows of a resource's CPU, memory, I/O and network, also those of services and roll-ups. */
public final class EfficiencySignal {

  /** The figures of a window. */
  public static final FieldTable<Window> FIELDS = fields();

  private EfficiencySignal() {}

  /** A window; its series is its size, its label {@code final} says whether more may come. */
  public static Observation of(Window window) {
    return Observation.of(
        SignalKind.EFFICIENCY,
        window.getResourceId(),
        window.getKind(),
        WindowSize.word(window.getSizeMs()),
        window.getService(),
        window.getTier(),
        WindowSize.labels(window.getIsFinal()),
        window.getLatestAt(),
        window.getLatestAt(),
        0,
        FIELDS.of(window));
  }

  private static FieldTable<Window> fields() {
    FieldTable.Builder<Window> table = FieldTable.builder();
    figure(table, "cpu_percent", "%", "CPU used, of its own cores", Window::getCpuPercent);
    figure(
        table,
        "memory_percent",
        "%",
        "memory not available, of its own memory",
        Window::getMemoryPercent);
    figure(table, "io_percent", "%", "time the busiest disk was busy", Window::getIoPercent);
    figure(
        table,
        "network_percent",
        "%",
        "traffic of the busiest link in its busier direction, of its speed",
        Window::getNetworkPercent);
    figure(
        table,
        "io_operations_per_second",
        "operations/s",
        "disk operations, all disks",
        Window::getIoOperationsPerSecond);
    figure(
        table,
        "io_bytes_per_second",
        "bytes/s",
        "disk traffic, all disks, both directions",
        Window::getIoBytesPerSecond);
    figure(
        table,
        "network_bytes_per_second",
        "bytes/s",
        "network traffic, all links, both directions",
        Window::getNetworkBytesPerSecond);
    figure(
        table,
        "steal_percent",
        "%",
        "time stolen by the hypervisor, of all CPU time",
        Window::getStealPercent);
    figure(
        table,
        "cpu_pressure_percent",
        "%",
        "time in which some task waited for a CPU (PSI)",
        Window::getCpuPressurePercent);
    figure(
        table,
        "memory_pressure_percent",
        "%",
        "time in which some task waited for memory (PSI)",
        Window::getMemoryPressurePercent);
    figure(
        table,
        "io_pressure_percent",
        "%",
        "time in which some task waited for input or output (PSI)",
        Window::getIoPressurePercent);
    figure(
        table,
        "retransmit_percent",
        "%",
        "TCP segments sent again, of segments sent",
        Window::getRetransmitPercent);
    figure(
        table,
        "vcpu_delay_percent",
        "%",
        "time its vCPUs waited for a CPU of the host",
        Window::getVcpuDelayPercent);
    figure(
        table,
        "throttled_percent",
        "%",
        "time it was held back by a CPU quota, of the time of its own cores",
        Window::getThrottledPercent);
    return table
        .maybe(
            "efficiency",
            "",
            "Useful share: (cpu + memory) / (cpu + memory + io + network), 0 to 1.",
            Window::getEfficiency)
        .maybe(
            "overhead_percent",
            "%",
            "Virtualization overhead: steal or vCPU delay, and throttling.",
            Window::getOverheadPercent)
        .words(
            "overhead_band",
            Band.class,
            "Where that lies beside what is expected of its kind.",
            Window::getOverheadBand)
        .number("members", "", "Resources a roll-up is made of; 0 if none.", Window::getMembers)
        .number("intervals", "", "Intervals the window is made of.", Window::getIntervals)
        .bool("final", "Whether this is the window's last word.", Window::getIsFinal)
        .number(
            "window_seconds", "s", "Size of the window.", window -> window.getSizeMs() / 1_000.0)
        .build();
  }

  private static void figure(
      FieldTable.Builder<Window> table,
      String name,
      String unit,
      String doc,
      Function<Window, Figure> of) {
    part(table, name + "_mean", unit, "Mean over the window: " + doc + ".", of, Figure::getMean);
    part(table, name + "_max", unit, "Highest in the window: " + doc + ".", of, Figure::getMax);
    part(table, name + "_p50", unit, "Median of the window: " + doc + ".", of, Figure::getP50);
    part(table, name + "_p95", unit, "95th percentile: " + doc + ".", of, Figure::getP95);
    part(table, name + "_p99", unit, "99th percentile: " + doc + ".", of, Figure::getP99);
  }

  private static void part(
      FieldTable.Builder<Window> table,
      String name,
      String unit,
      String doc,
      Function<Window, Figure> of,
      Function<Figure, Double> part) {
    table.maybe(
        name,
        unit,
        doc,
        window -> {
          Figure figure = of.apply(window);
          return figure == null ? null : part.apply(figure);
        });
  }
}
