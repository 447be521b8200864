package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.bottleneck.Thresholds;
import io.tocsin.streams.window.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BottleneckSectionTest {

  @TempDir Path directory;

  private static Thresholds of(Config config, ResourceKind kind, String service, String id) {
    return config.streams().bottlenecks().rules().of(new Subject(id, kind, service, Tier.NON_CORE));
  }

  @Test
  void withoutTheBlockTheMissionsThresholdsHold() {
    assertThat(of(Config.defaults(), ResourceKind.HOST, null, "host/a"))
        .isEqualTo(Thresholds.defaults());
  }

  @Test
  void thresholdsGoByKindServiceAndResource() throws Exception {
    Config config =
        load(
            """
            streams:
              bottlenecks:
                defaults: {cpu-percent: 75, raise-after: 2s}
                kinds: {container: {cpu-percent: 90}}
                services: {batch: {cpu-percent: 95.5, raise-after: 60s}}
                resources: {"host/db-*": {io-operations-per-second: 20000}}
            """);
    assertThat(of(config, ResourceKind.HOST, null, "host/db-1"))
        .matches(it -> it.cpuPercent() == 75)
        .matches(it -> it.ioOperationsPerSecond() == 20_000)
        .matches(it -> it.raiseAfter().equals(Duration.ofSeconds(2)));
    assertThat(of(config, ResourceKind.CONTAINER, null, "container/a").cpuPercent()).isEqualTo(90);
    assertThat(of(config, ResourceKind.CONTAINER, "batch", "container/a").cpuPercent())
        .isEqualTo(95.5);
  }

  @Test
  void theSampleShowsTheDefaults() throws Exception {
    Config sample = new ConfigLoader().load(Path.of("../deploy/tocsin.yaml"));
    assertThat(of(sample, ResourceKind.HOST, null, "host/a")).isEqualTo(Thresholds.defaults());
  }

  @Test
  void formIsCheckedWithLineAndKey() throws IOException {
    List<String> problems =
        problemsOf(
            """
            streams:
              bottlenecks:
                defaults: {cpu-percent: 101, cpu: 3}
                kinds: {fridge: {cpu-percent: 90}}
                services: {batch: {raise-after: soon}}
                resources: {"host/db-*": {clear-below: 0}}
            """);
    assertThat(problems).hasSize(5);
    assertThat(problems)
        .anyMatch(line -> line.startsWith("tocsin.yaml:3:") && line.contains(".defaults.cpu:"))
        .anyMatch(line -> line.contains("streams.bottlenecks.defaults.cpu-percent"))
        .anyMatch(line -> line.startsWith("tocsin.yaml:4:") && line.contains("kinds.fridge"))
        .anyMatch(line -> line.startsWith("tocsin.yaml:5:") && line.contains("is not a duration"))
        .anyMatch(
            line ->
                line.startsWith("tocsin.yaml:6:")
                    && line.contains("streams.bottlenecks.resources.host/db-*.clear-below"));
  }

  @Test
  void senseIsCheckedWithLineAndKey() throws IOException {
    Files.writeString(directory.resolve("ours.yaml"), "- {id: x, kind: cpu}\n");
    List<String> problems =
        problemsOf(
            """
            streams:
              bottlenecks:
                services: {batch: {update-every: 10ms}}
                resources: {"hots/db-*": {cpu-percent: 90}}
                catalogue: %s
            """
                .formatted(directory.resolve("ours.yaml")));
    assertThat(problems.get(0))
        .startsWith("tocsin.yaml:3:")
        .contains("streams.bottlenecks.services.batch.update-every: is too often");
    assertThat(problems.get(1))
        .startsWith("tocsin.yaml:4:")
        .contains("streams.bottlenecks.resources.hots/db-*: matches no resource");
    assertThat(problems.subList(2, problems.size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("tocsin.yaml:5:"))
        .allMatch(line -> line.contains("entry 1 (x)"));
  }

  private List<String> problemsOf(String text) throws IOException {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(text));
    assertThat(refused).as("accepted: %s", text).isNotNull();
    return refused.problems().stream()
        .map(ConfigProblem::toString)
        .map(line -> line.replace(directory + "/", ""))
        .toList();
  }

  private Config load(String text) throws ConfigException, IOException {
    Path file = directory.resolve("tocsin.yaml");
    Files.writeString(file, text);
    return new ConfigLoader().load(file);
  }
}
