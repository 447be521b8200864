package io.tocsin.history;

import static io.tocsin.history.HistoryFigure.Statistics.FIVE;
import static io.tocsin.history.HistoryFigure.Statistics.FLOW;
import static io.tocsin.history.HistoryFigure.Statistics.ONE;
import static io.tocsin.history.HistoryFigure.Statistics.SPREAD;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The catalogue of figures that can be asked for. Only what stands here becomes part of a query's
 * text; all that people write is looked up here, or handed over as a value.
 */
public final class Figures {

  private static final List<HistoryFigure> ALL =
      List.of(
          window("cpu_percent", "%", "CPU used, of the resource's own cores", FIVE),
          window("memory_percent", "%", "memory not available, of the resource's own", FIVE),
          window("io_percent", "%", "time the busiest disk was busy", FIVE),
          window("network_percent", "%", "the busiest link's use, of its speed", FIVE),
          window("io_operations_per_second", "1/s", "disk operations", FIVE),
          window("io_bytes_per_second", "By/s", "disk bytes, both directions", FIVE),
          window("network_bytes_per_second", "By/s", "network bytes, both directions", FIVE),
          window("steal_percent", "%", "CPU time stolen by the hypervisor", FIVE),
          window("vcpu_delay_percent", "%", "time vCPUs waited for a host CPU", FIVE),
          window("throttled_percent", "%", "time held back by a CPU quota", FIVE),
          window("cpu_pressure_percent", "%", "time some task waited for a CPU", FIVE),
          window("memory_pressure_percent", "%", "time some task waited for memory", FIVE),
          window("io_pressure_percent", "%", "time some task waited for a disk", FIVE),
          window("retransmit_percent", "%", "TCP segments sent again", FIVE),
          window("efficiency", "1", "useful share of all use, 0 to 1", ONE),
          window("overhead_percent", "%", "virtualization overhead", ONE),
          window("cores", "1", "capacity: cores the resource may use", ONE),
          window("memory_bytes", "By", "capacity: memory the resource may use", ONE),
          window("filesystem_percent", "%", "use of the fullest file system", ONE),
          window("members", "1", "resources in a roll-up", ONE),
          flow("rx_bytes_per_second", "By/s", "bytes received"),
          flow("tx_bytes_per_second", "By/s", "bytes sent"),
          flow("rx_packets_per_second", "1/s", "packets received"),
          flow("tx_packets_per_second", "1/s", "packets sent"),
          flow("lost_packets_per_second", "1/s", "packets broken or dropped"),
          flow("disk_operations_per_second", "1/s", "disk operations completed"),
          flow("disk_bytes_per_second", "By/s", "bytes read and written"),
          flow("requests_per_second", "1/s", "requests answered"),
          latency("latency_ms", "ms", "latency", SPREAD),
          latency("latency_p50_ms", "ms", "median latency", ONE),
          latency("latency_p90_ms", "ms", "90th percentile of latency", ONE),
          latency("latency_p99_ms", "ms", "99th percentile of latency", ONE),
          latency("latency_p999_ms", "ms", "99.9th percentile of latency", ONE),
          latency("jitter_ms", "ms", "mean difference of successive latencies", ONE),
          latency("loss_percent", "%", "probes not answered", ONE),
          latency("error_percent", "%", "requests or checks that failed", ONE),
          latency("count", "1", "latencies measured", ONE),
          new HistoryFigure(
              HistoryTable.BUSINESS, "business_value", "", "a business figure; part names it", ONE),
          new HistoryFigure(
              HistoryTable.METERS,
              "meter_value",
              "",
              "a meter of the program; part names it; of counters the increase a minute",
              FLOW),
          cost("cost_per_hour", "what a resource or service costs an hour; part is the currency"),
          cost("cost_per_month", "the same, a month of 730.5 hours"),
          cost("cost_low_per_month", "the same by the price book's low guesses"),
          cost("cost_high_per_month", "the same by the price book's high guesses"));

  private static final Map<String, HistoryFigure> BY_NAME =
      ALL.stream().collect(Collectors.toMap(HistoryFigure::name, Function.identity()));

  private Figures() {}

  /** All of them, by table. */
  public static List<HistoryFigure> all() {
    return ALL;
  }

  /** The figure of a name; empty if there is none. */
  public static Optional<HistoryFigure> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static HistoryFigure window(
      String name, String unit, String meaning, HistoryFigure.Statistics statistics) {
    return new HistoryFigure(HistoryTable.WINDOWS, name, unit, meaning, statistics);
  }

  private static HistoryFigure flow(String name, String unit, String meaning) {
    return new HistoryFigure(HistoryTable.THROUGHPUTS, name, unit, meaning, FLOW);
  }

  private static HistoryFigure cost(String name, String meaning) {
    return new HistoryFigure(HistoryTable.COSTS, name, "", meaning, ONE);
  }

  private static HistoryFigure latency(
      String name, String unit, String meaning, HistoryFigure.Statistics statistics) {
    return new HistoryFigure(HistoryTable.LATENCIES, name, unit, meaning, statistics);
  }
}
