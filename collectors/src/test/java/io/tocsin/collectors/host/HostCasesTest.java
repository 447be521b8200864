package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Sample;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder beside this class is a machine: its {@code proc} and {@code sys}, and in {@code
 * expected.json} the sample and the problems that a pass over it gives; {@code statvfs.json} tells
 * what its file systems answer. A new case is a new folder.
 */
class HostCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException, URISyntaxException {
    Path cases = Path.of(HostCasesTest.class.getResource("64-cores").toURI()).getParent();
    List<Path> folders;
    try (Stream<Path> all = Files.list(cases)) {
      folders = all.filter(folder -> Files.exists(folder.resolve("proc"))).sorted().toList();
    }
    return folders.stream()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private static void run(Path folder) throws Exception {
    HostConfig config =
        new HostConfig(null, null, null, null, folder.resolve("proc"), folder.resolve("sys"));
    Clock clock = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
    Reading reading;
    try (FakeFilesystems fakes = FakeFilesystems.of(folder.resolve("statvfs.json"));
        HostCollector collector =
            new HostCollector(
                config, clock, problem -> path -> fakes.of(path.replace(folder.toString(), "")))) {
      reading = collector.collect();
    }

    JsonNode actual = json(reading, folder);
    JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());
    assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  /** What containers and virtual machines have, and a host never. */
  private static void withoutWhatOnlyOthersHave(ObjectNode json) {
    if (json.get("cpu") instanceof ObjectNode cpu) {
      cpu.remove(List.of("quotaPeriods", "throttledPeriods", "vcpus"));
    }
    if (json.get("memory") instanceof ObjectNode memory) {
      memory.remove(
          List.of(
              "limited",
              "workingSetBytes",
              "balloonBytes",
              "maximumBytes",
              "limitHits",
              "hugePageBacked"));
    }
  }

  private static JsonNode json(Reading reading, Path folder) throws IOException {
    Sample sample = reading.samples().get(0).setOrigin(Examples.origin(0)).build();
    assertThat(sample.getAt()).isEqualTo(Examples.NOON);
    ObjectNode json = (ObjectNode) JSON.readTree(sample.toString());
    json.remove(List.of("kind", "service", "tier", "origin", "at", "claimedAt", "state", "tasks"));
    withoutWhatOnlyOthersHave(json);
    json.put("bootedAt", sample.getBootedAt() == null ? null : sample.getBootedAt().toEpochMilli());
    ObjectNode result = JSON.createObjectNode();
    result.set("sample", json);
    ArrayNode problems = result.putArray("problems");
    reading.problems().stream()
        .map(problem -> problem.reason().tag() + " " + problem)
        .map(problem -> problem.replace(folder.toString(), ""))
        .forEach(problems::add);
    return result;
  }
}
