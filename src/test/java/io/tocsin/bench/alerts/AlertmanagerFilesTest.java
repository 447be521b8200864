package io.tocsin.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertmanagerFilesTest {

  private static final WatchedFleet FLEET = new WatchedFleet(1, 1_000);

  @Test
  void thereAreAsManyRulesAsWithUsAndAsManyListenToEverything() {
    String rules = AlertmanagerFiles.rules(100, FLEET);
    assertThat(rules.lines().filter(line -> line.contains("alert:"))).hasSize(100);
    assertThat(rules.lines().filter(line -> line.contains("- name:"))).hasSize(10);
    assertThat(rules.lines().filter(line -> line.contains("expr:") && line.contains("{")))
        .hasSize(100 - BenchRules.FIRING - BenchRules.broad(100));
  }

  @Test
  void aTargetSaysWhatBroke() throws Exception {
    try (Gauges gauges = new Gauges(FLEET)) {
      assertThat(gauges.targets()).isEqualTo(25);
      assertThat(gauges.text(0).lines()).hasSize(2 + 40 + 4);
      gauges.set(FLEET.endpoint(1), true);
      gauges.set(FLEET.machineOf(1), true);
      assertThat(gauges.text(0))
          .contains("bench_endpoint_up{resource=\"" + FLEET.endpoint(1) + "\"} 0\n")
          .contains("bench_cpu_percent{resource=\"" + FLEET.machineOf(1) + "\"} 100\n");
      gauges.set(FLEET.endpoint(1), false);
      assertThat(gauges.text(0)).doesNotContain("\"} 0\n");
    }
  }
}
