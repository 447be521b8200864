package io.tocsin.bench;

import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prometheus' configuration, and rules that make what our windows hold.
 *
 * <p>Rates come first, each second, as recorded series; the statistics over windows are made of
 * those every 10 s. The other way, subqueries, would work out each rate once per statistic.
 */
final class PrometheusFiles {

  /** The figures of a window that a sample of the fleet has something to say on. */
  private static final Map<String, String> FIGURES = figures();

  private static final String[] STATISTICS = {
    "avg_over_time(",
    "max_over_time(",
    "quantile_over_time(0.5, ",
    "quantile_over_time(0.95, ",
    "quantile_over_time(0.99, "
  };

  private static final String[] SIZES = {"10s", "1m", "5m"};

  /** Which rules Prometheus is to work on, every 10 s. */
  enum Rules {
    /** None: what taking the numbers alone costs. */
    NONE("prometheus"),
    /** What a dashboard of the fleet has: one size of window, and few statistics. */
    FEW("prom+few"),
    /** What our windows hold. */
    SAME("prom+same");

    private final String engine;

    Rules(String engine) {
      this.engine = engine;
    }

    /** Name of the row. */
    String engine() {
      return engine;
    }

    /** How many there are. */
    int count() {
      return switch (this) {
        case NONE -> 0;
        case FEW -> FIGURES.size() + STATISTICS.length;
        case SAME -> FIGURES.size() * (1 + STATISTICS.length * SIZES.length);
      };
    }
  }

  private PrometheusFiles() {}

  /** Writes them, and returns the configuration file. */
  static Path write(Path directory, int port, int targets, Rules rules) throws IOException {
    StringBuilder config =
        new StringBuilder(
            "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 10s}\n");
    if (rules != Rules.NONE) {
      Files.writeString(directory.resolve("rules.yml"), rules == Rules.FEW ? few() : same());
      config.append("rule_files: [rules.yml]\n");
    }
    config.append("scrape_configs:\n- job_name: fleet\n  static_configs:\n");
    for (int target = 0; target < targets; target++) {
      config
          .append("  - targets: ['" + Ports.LOOPBACK + ":" + port + "']\n")
          .append("    labels: {__metrics_path__: /" + target + "}\n");
    }
    return Files.writeString(directory.resolve("prometheus.yml"), config.toString());
  }

  private static String few() {
    StringBuilder rules = new StringBuilder("groups:\n- name: windows\n  rules:\n");
    FIGURES.forEach(
        (name, expression) ->
            rule(rules, name, expression.replace("irate(", "rate(").replace("[5s]", "[1m]")));
    statistics(rules, "bench_memory_available_bytes", "1m");
    return rules.toString();
  }

  private static String same() {
    StringBuilder rules = new StringBuilder("groups:\n- name: figures\n  interval: 1s\n  rules:\n");
    FIGURES.forEach((name, expression) -> rule(rules, name, expression));
    rules.append("- name: windows\n  rules:\n");
    for (String name : FIGURES.keySet()) {
      for (String size : SIZES) {
        statistics(rules, name, size);
      }
    }
    return rules.toString();
  }

  private static void statistics(StringBuilder rules, String name, String size) {
    for (int number = 0; number < STATISTICS.length; number++) {
      rule(rules, name + ":" + size + "_" + number, STATISTICS[number] + name + "[" + size + "])");
    }
  }

  private static void rule(StringBuilder rules, String name, String expression) {
    rules.append("  - record: " + name + "\n    expr: '" + expression + "'\n");
  }

  private static Map<String, String> figures() {
    String busy = rate("cpu_user_seconds") + " + " + rate("cpu_system_seconds");
    String all =
        busy
            + " + "
            + rate("cpu_iowait_seconds")
            + " + "
            + rate("cpu_idle_seconds")
            + " + "
            + rate("cpu_steal_seconds");
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("tocsin:cpu_percent", "100 * (" + busy + ") / (" + all + ")");
    figures.put("tocsin:steal_percent", "100 * " + rate("cpu_steal_seconds") + " / (" + all + ")");
    figures.put(
        "tocsin:memory_percent",
        "100 * (1 - bench_memory_available_bytes / bench_memory_total_bytes)");
    figures.put("tocsin:io_percent", "100 * " + rate("disk_busy_seconds"));
    figures.put("tocsin:io_operations", rate("disk_reads") + " + " + rate("disk_writes"));
    figures.put("tocsin:io_bytes", rate("disk_read_bytes") + " + " + rate("disk_written_bytes"));
    String received = rate("network_received_bytes");
    String sent = rate("network_sent_bytes");
    figures.put("tocsin:network_bytes", received + " + " + sent);
    figures.put(
        "tocsin:network_percent",
        "100 * ((" + received + " > " + sent + ") or " + sent + ") / bench_network_speed_bytes");
    figures.put("tocsin:cpu_pressure", "100 * " + rate("pressure_cpu_seconds"));
    figures.put("tocsin:memory_pressure", "100 * " + rate("pressure_memory_seconds"));
    figures.put("tocsin:io_pressure", "100 * " + rate("pressure_io_seconds"));
    figures.put(
        "tocsin:retransmit_percent",
        "100 * " + rate("tcp_retransmitted") + " / " + rate("tcp_segments"));
    return figures;
  }

  /** The rate between the last two samples, as ours between two samples. */
  private static String rate(String counter) {
    return "irate(bench_" + counter + "_total[5s])";
  }
}
