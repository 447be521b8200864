package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder beside this class is what a source wrote: {@code docker.jsonl} (with what the daemon
 * answers when asked for a container in {@code inspect}), {@code trivy.json} or {@code
 * falco.jsonl}, perhaps {@code severities.json}; and in {@code expected.json} the events and
 * problems that it gives. A new case is a new folder.
 */
class SecurityCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper DOCKER =
      DefaultDockerClientConfig.createDefaultConfigBuilder().build().getObjectMapper();
  private static final Clock CLOCK = Clock.fixed(Examples.NOON, ZoneOffset.UTC);

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException, URISyntaxException {
    Path cases = Path.of(SecurityCasesTest.class.getResource("trivy-image").toURI()).getParent();
    return Files.list(cases)
        .filter(Files::isDirectory)
        .sorted()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private static void run(Path folder) throws Exception {
    JsonNode actual = json(reading(folder));
    JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());
    assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  private static Reading reading(Path folder) throws Exception {
    Severities severities = severities(folder);
    if (Files.exists(folder.resolve("docker.jsonl"))) {
      return docker(folder, severities);
    }
    if (Files.exists(folder.resolve("trivy.json"))) {
      return trivy(folder, severities);
    }
    SecurityConfig config =
        new SecurityConfig(
            null,
            null,
            new FalcoConfig(folder.resolve("falco.jsonl"), FalcoConfig.From.BEGINNING, null),
            null,
            null,
            null);
    FalcoReader reader = new FalcoReader("host-1", severities, CLOCK);
    try (FalcoAlerts collector =
        new FalcoAlerts(config, reader, "host-1", System::nanoTime, CLOCK)) {
      return collector.collect();
    }
  }

  private static Reading docker(Path folder, Severities severities) throws IOException {
    DockerEventReader reader =
        new DockerEventReader("host-1", severities, id -> inspected(folder, id));
    Reading.Builder reading = Reading.builder();
    for (String line : Files.readAllLines(folder.resolve("docker.jsonl"))) {
      reader.read(DOCKER.readValue(line, Event.class)).ifPresent(reading::add);
    }
    return reading.build();
  }

  private static Optional<ContainerFacts> inspected(Path folder, String id) {
    Path answer = folder.resolve("inspect").resolve(id + ".json");
    if (!id.matches("[0-9a-f]+") || !Files.exists(answer)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ContainerFacts.of(
              DOCKER
                  .readerFor(InspectContainerResponse.class)
                  .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                  .readValue(answer.toFile())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reading trivy(Path folder, Severities severities) throws Exception {
    Path reports = Files.createTempDirectory("trivy");
    Files.copy(folder.resolve("trivy.json"), reports.resolve("trivy.json"));
    Files.setLastModifiedTime(reports.resolve("trivy.json"), FileTime.from(Instant.EPOCH));
    TrivyConfig config =
        new TrivyConfig(reports, null, null, folder.endsWith("trivy-limit") ? 9 : null);
    TrivyReports collector = new TrivyReports(config, severities, CLOCK);
    Reading reading = Reading.empty();
    // Something cut short is believed to be so at the third look.
    for (int look = 0; look < 3; look++) {
      reading = merged(reading, collector.collect());
    }
    Files.delete(reports.resolve("trivy.json"));
    Files.delete(reports);
    return reading;
  }

  private static Reading merged(Reading one, Reading other) {
    Reading.Builder both = Reading.builder();
    one.events().forEach(both::add);
    other.events().forEach(both::add);
    one.problems().forEach(both::add);
    other.problems().forEach(both::add);
    return both.build();
  }

  private static Severities severities(Path folder) throws IOException {
    Path file = folder.resolve("severities.json");
    Map<String, Severity> configured =
        Files.exists(file)
            ? JSON.readValue(file.toFile(), new TypeReference<Map<String, Severity>>() {})
            : Map.of();
    return new Severities(configured);
  }

  private static JsonNode json(Reading reading) throws IOException {
    ObjectNode result = JSON.createObjectNode();
    ArrayNode events = result.putArray("events");
    for (SecurityEvent.Builder each : reading.events()) {
      SecurityEvent event = each.setOrigin(Examples.origin(0)).build();
      ObjectNode json = (ObjectNode) JSON.readTree(event.toString());
      json.remove("origin");
      if (event.getScan() == null) {
        json.remove("scan");
      }
      json.put("at", event.getAt().toString());
      json.set("attributes", JSON.valueToTree(new TreeMap<>(event.getAttributes())));
      events.add(json);
    }
    ArrayNode problems = result.putArray("problems");
    reading.problems().stream()
        .map(problem -> problem.reason().tag() + " " + problem)
        .map(problem -> problem.replaceAll("/\\S*/(trivy\\.json|falco\\.jsonl)", "$1"))
        .forEach(problems::add);
    return result;
  }
}
