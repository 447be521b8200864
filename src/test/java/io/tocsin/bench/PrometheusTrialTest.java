package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusTrialTest {

  @TempDir Path directory;

  @Test
  void aMetricIsSummedOverItsSeriesAndNotItsNamesakes() {
    String text = "# HELP a b\na{g=\"x\"} 1\na{g=\"y\"} 2.5\na 3\na_total 100\n";
    assertThat(LocalServer.metric(text, "a")).isEqualTo(6.5);
  }

  @Test
  void allOfAMetricStandsTogether() {
    Fleet fleet = new Fleet(1, 2);
    String text = Exposition.text(List.of(fleet.next(0, 1_000), fleet.next(1, 1_000)));
    List<String> lines = text.lines().collect(Collectors.toList());
    assertThat(lines).hasSize(3 * SamplePoint.ALL.size());
    assertThat(lines.get(0)).isEqualTo("# TYPE bench_cpu_cores gauge");
    assertThat(lines.get(1)).isEqualTo("bench_cpu_cores{resource=\"host/bench-000000\"} 4.0");
    assertThat(lines.get(2)).isEqualTo("bench_cpu_cores{resource=\"vm/bench-000001\"} 4.0");
  }

  @Test
  void thereIsARuleForEachStatisticOfEachFigureAndSize() throws IOException {
    Path config = PrometheusFiles.write(directory, 9_000, 3, PrometheusFiles.Rules.SAME);
    assertThat(Files.readString(config)).contains("rules.yml", "{__metrics_path__: /2}");
    String rules = Files.readString(directory.resolve("rules.yml"));
    assertThat(rules.lines().filter(line -> line.contains("record:")).count())
        .isEqualTo(PrometheusFiles.Rules.SAME.count());
    assertThat(rules).contains("quantile_over_time(0.99, tocsin:cpu_percent[5m])");
  }

  @Test
  void withoutRulesThereIsNoRuleFile() throws IOException {
    Path config = PrometheusFiles.write(directory, 9_000, 1, PrometheusFiles.Rules.NONE);
    assertThat(Files.readString(config)).doesNotContain("rule_files");
  }

  @Test
  void fewRulesAreOnesOfAMinute() throws IOException {
    PrometheusFiles.write(directory, 9_000, 1, PrometheusFiles.Rules.FEW);
    String rules = Files.readString(directory.resolve("rules.yml"));
    assertThat(rules.lines().filter(line -> line.contains("record:")).count())
        .isEqualTo(PrometheusFiles.Rules.FEW.count());
    assertThat(rules).contains("rate(bench_disk_busy_seconds_total[1m])").doesNotContain("irate");
  }
}
