package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.SecurityEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is secret in a reading gets neither to the publisher nor to the disk. */
class AgentClassificationTest {

  private static final String SECRET = "hunter2hunter2hunter2";

  @TempDir Path directory;

  private final RecordingPublisher publisher = new RecordingPublisher();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private static Reading telling() {
    Reading reading = Fakes.everything();
    reading.probes().get(0).setEvidence("answered 500 to ?token=" + SECRET);
    reading.measurements().get(0).setLabels(Map.of("api-key", SECRET, "route", "/"));
    reading
        .events()
        .get(0)
        .setTitle("login --password " + SECRET)
        .setAttributes(Map.of("command", "curl -H 'Authorization: Bearer " + SECRET + "'"));
    return reading;
  }

  private static FakeCollector collector() {
    return new FakeCollector("telling", Duration.ofHours(1), number -> telling());
  }

  private String spooled() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void aSecretIsNeitherSentNorSpooled() throws Exception {
    // Nothing is taken, so that all of it stays on the disk.
    publisher.failure = new IllegalStateException("away");
    AgentConfig config =
        new AgentConfig(
            "agent-1",
            List.of(Fakes.configured(collector())),
            new SpoolConfig(directory, 16, 1, null),
            null);
    try (Agent agent = new Agent(config, publisher, Clock.systemUTC(), meters)) {
      agent.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> spooled().contains("a shell was opened") || spooled().contains("login "));
      assertThat(spooled()).contains("[masked").doesNotContain(SECRET);
      publisher.failure = null;
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !publisher.of(Measurement.class).isEmpty());
    }
    assertThat(publisher.published.toString()).doesNotContain(SECRET);
    assertThat(publisher.of(Probe.class).get(0).getEvidence())
        .isEqualTo("answered 500 to ?token=[masked password]");
    assertThat(publisher.of(SecurityEvent.class).get(0).getTitle())
        .isEqualTo("login --password [masked password]");
    assertThat(meters.counter("tocsin.collectors.classified", "reason", "secret-dropped").count())
        .isPositive();
  }

  @Test
  void oneReadingSaysWhatWouldNotLeave() throws Exception {
    OneShot.Result result =
        Agent.once(Fakes.config(collector()), Clock.systemUTC(), Duration.ofSeconds(60));

    assertThat(result.classified())
        .containsEntry("secret-dropped: api-key", 1)
        .containsEntry("secret-masked: evidence", 1)
        .containsEntry("secret-masked: title", 1)
        .containsEntry("secret-masked: command", 1);
    assertThat(result.records().toString()).doesNotContain(SECRET);
  }
}
