package io.tocsin.bench.alerts;

import io.tocsin.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration of Prometheus and its Alertmanager for the same breaches and as many rules:
 * scraped each second, evaluated each second, and told at once, a group for each resource.
 */
final class AlertmanagerFiles {

  private static final int GROUPS = 10;

  private AlertmanagerFiles() {}

  /** The configuration of Prometheus and its rules; returns the file. */
  static Path prometheus(
      Path directory, int targetPort, int targets, int alertmanagerPort, String rules)
      throws IOException {
    Files.writeString(directory.resolve("rules.yml"), rules);
    StringBuilder config =
        new StringBuilder(
            "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}\n"
                + "rule_files: [rules.yml]\n"
                + "alerting:\n  alertmanagers:\n  - static_configs:\n    - targets: ['"
                + Ports.LOOPBACK
                + ":"
                + alertmanagerPort
                + "']\nscrape_configs:\n- job_name: fleet\n  static_configs:\n");
    for (int target = 0; target < targets; target++) {
      config
          .append("  - targets: ['" + Ports.LOOPBACK + ":" + targetPort + "']\n")
          .append("    labels: {__metrics_path__: /" + target + "}\n");
    }
    return Files.writeString(directory.resolve("prometheus.yml"), config.toString());
  }

  /** The configuration of the Alertmanager; returns the file. */
  static Path alertmanager(Path directory, int webhookPort) throws IOException {
    return Files.writeString(
        directory.resolve("alertmanager.yml"),
        "route: {receiver: hook, group_by: [resource], group_wait: 0s, group_interval: 1s,"
            + " repeat_interval: 4h}\n"
            + "receivers:\n- name: hook\n  webhook_configs:\n  - url: http://"
            + Ports.LOOPBACK
            + ":"
            + webhookPort
            + "/\n");
  }

  /** Two that fire, and as many as with us that listen to everything or to one resource. */
  static String rules(int rules, WatchedFleet fleet) {
    StringBuilder text = new StringBuilder("groups:\n");
    int broad = BenchRules.broad(rules);
    for (int number = 0; number < rules; number++) {
      if (number % Math.max(1, (rules + GROUPS - 1) / GROUPS) == 0) {
        text.append("- name: group-").append(number).append("\n  rules:\n");
      }
      text.append("  - alert: rule-").append(number).append("\n    expr: '");
      text.append(expression(number, broad, fleet)).append("'\n");
      if (number >= BenchRules.FIRING) {
        text.append("    for: 1m\n");
      }
    }
    return text.toString();
  }

  private static String expression(int number, int broad, WatchedFleet fleet) {
    if (number == 0) {
      return Gauges.UP + " == 0";
    } else if (number == 1) {
      return Gauges.CPU + " > " + WatchedFleet.BREACH_PERCENT;
    }
    String which =
        number < BenchRules.FIRING + broad
            ? ""
            : "{resource=\"" + fleet.machine(number % fleet.size()) + "\"}";
    return Gauges.CPU + which + " > " + (1_000 + number);
  }
}
