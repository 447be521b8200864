package io.tocsin.collectors.app.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.collectors.parts.RealPart;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exporter that is on most machines. */
class NodeExporterITCase {

  private static final Path EXPORTER = Path.of("/usr/bin/prometheus-node-exporter");

  private Process exporter;
  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    RealPart.need(
        "node_exporter",
        Files.isExecutable(EXPORTER)
            ? Optional.empty()
            : Optional.of("install prometheus-node-exporter"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    exporter =
        new ProcessBuilder(EXPORTER.toString(), "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    ScrapeConfig config =
        new ScrapeConfig(
            "node",
            URI.create("http://127.0.0.1:" + port + "/metrics"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            true);
    collector =
        Scrapes.collectors(List.of(config), List.<MappingRule>of(), Clock.systemUTC()).get(0);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (exporter != null) {
      exporter.destroy();
      exporter.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void everySeriesIsRead() {
    Reading reading =
        await().atMost(Duration.ofSeconds(20)).until(this::scrape, found -> found != null);

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.measurements()).hasSizeGreaterThan(100);
    assertThat(reading.measurements())
        .anySatisfy(
            figure -> {
              assertThat(figure.getName()).isEqualTo("node_cpu_seconds_total");
              assertThat(figure.getType()).isEqualTo(MeasurementType.COUNTER);
              assertThat(figure.getUnit()).isEqualTo("s");
              assertThat(figure.getLabels()).containsKeys("cpu", "mode");
            })
        .extracting(Measurement.Builder::getName)
        .contains("go_gc_duration_seconds");
  }

  private Reading scrape() throws InterruptedException {
    try {
      return collector.collect();
    } catch (CollectorException notUpYet) {
      return null;
    }
  }
}
