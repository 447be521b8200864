package io.tocsin.collectors.vm;

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
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder beside this class is a hypervisor as {@link RecordedHypervisor} reads it, and in
 * {@code expected.json} the samples and problems that a pass over it gives. A new case is a new
 * folder.
 */
class VmCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException, URISyntaxException {
    Path cases = Path.of(VmCasesTest.class.getResource("two-running").toURI()).getParent();
    List<Path> folders;
    try (Stream<Path> all = Files.list(cases)) {
      folders = all.filter(folder -> Files.exists(folder.resolve("domstats"))).sorted().toList();
    }
    return folders.stream()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private static void run(Path folder) throws Exception {
    VmCollector collector =
        new VmCollector(
            new VmConfig(null, Duration.ofSeconds(10), null, null, null, "kvm-1", null),
            new RecordedHypervisor(folder),
            Clock.fixed(Examples.NOON, ZoneOffset.UTC),
            System::nanoTime);
    try {
      JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());
      assertThat(json(collector.collect()).toPrettyString()).isEqualTo(expected.toPrettyString());
    } finally {
      collector.close();
    }
  }

  private static JsonNode json(Reading reading) throws IOException {
    ObjectNode result = JSON.createObjectNode();
    ArrayNode samples = result.putArray("samples");
    for (Sample.Builder builder : reading.samples()) {
      Sample sample = builder.setOrigin(Examples.origin(0)).build();
      assertThat(sample.getAt()).isEqualTo(Examples.NOON);
      ObjectNode json = (ObjectNode) JSON.readTree(sample.toString());
      json.retain("resourceId", "cpu", "memory", "disks", "interfaces", "state");
      samples.add(json);
    }
    ArrayNode problems = result.putArray("problems");
    reading.problems().stream()
        .map(problem -> problem.reason().tag() + " " + problem)
        .forEach(problems::add);
    return result;
  }
}
