package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.pipeline.AgentSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented block of each collector is one that can be used, and has every key. */
class CollectorSamplesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "host, host",
    "container, container",
    "vm, vm",
    "network, network/",
    "app, app",
    "security, security",
    "health, health/"
  })
  void theSampleCanBeUsed(String collector, String part) throws Exception {
    Path file = directory.resolve("tocsin.yaml");
    try (InputStream sample = Collector.class.getResourceAsStream(collector + "/sample.yaml")) {
      Files.copy(sample, file);
    }

    AgentConfig agent = AgentSettings.alone(new ConfigLoader().load(file), Clock.systemUTC());

    assertThat(agent.collectors()).anyMatch(each -> each.name().startsWith(part));
  }
}
