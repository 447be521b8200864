package io.tocsin.bench;

import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  private PrometheusFiles() {}

  /**
   * Writes them.
   *
   * @param evaluated how often the statistics are made; null for no rules at all
   * @return the configuration file
   */
  static Path write(Path directory, int port, int targets, Duration evaluated) throws IOException {
    StringBuilder config = new StringBuilder("global: {scrape_interval: 1s, scrape_timeout: 1s}\n");
    if (evaluated != null) {
      Files.writeString(directory.resolve("rules.yml"), rules(evaluated));
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

  /** How many rules there are. */
  static int count() {
    return FIGURES.size() * (1 + STATISTICS.length * SIZES.length);
  }

  private static String rules(Duration evaluated) {
    StringBuilder rules = new StringBuilder("groups:\n- name: figures\n  interval: 1s\n  rules:\n");
    FIGURES.forEach((name, expression) -> rule(rules, name, expression));
    rules.append("- name: windows\n  interval: " + evaluated.toSeconds() + "s\n  rules:\n");
    for (String name : FIGURES.keySet()) {
      for (String size : SIZES) {
        for (int statistic = 0; statistic < STATISTICS.length; statistic++) {
          rule(
              rules,
              name + ":" + size + "_" + statistic,
              STATISTICS[statistic] + name + "[" + size + "])");
        }
      }
    }
    return rules.toString();
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
