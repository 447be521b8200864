package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each folder beside this class is a machine: its kernel files in {@code tree.txt} (see {@link
 * Tree}), what Docker answers in {@code docker.json} and {@code docker-<id>.json} and the kubelet
 * in {@code kubelet.json}, where they are there; and in {@code expected.json} the samples,
 * resources and problems that a pass gives. A new case is a new folder.
 */
class ContainerCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException, URISyntaxException {
    Path anchor = Path.of(ContainerCasesTest.class.getResource("docker-v1").toURI());
    List<Path> folders;
    try (Stream<Path> all = Files.list(anchor.getParent())) {
      folders = all.filter(folder -> Files.exists(folder.resolve("tree.txt"))).sorted().toList();
    }
    return folders.stream()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private void run(Path folder) throws Exception {
    Path machine = temporary.resolve(folder.getFileName());
    Tree.expand(Files.readString(folder.resolve("tree.txt")), machine);
    boolean hasDocker = Files.exists(folder.resolve("docker.json"));
    boolean hasKubelet = Files.exists(folder.resolve("kubelet.json"));
    try (FakeDocker docker = new FakeDocker();
        FakeKubelet kubelet =
            new FakeKubelet(hasKubelet ? Files.readString(folder.resolve("kubelet.json")) : "")) {
      if (hasDocker) {
        answers(docker, folder);
      }
      ContainerConfig config =
          new ContainerConfig(
              null,
              null,
              null,
              null,
              machine.resolve("cgroup"),
              machine.resolve("proc"),
              machine.resolve("sys"),
              hasDocker,
              docker.socket(),
              null,
              hasKubelet ? new KubeletConfig(kubelet.url(), null, null, null) : null,
              List.of("team"));
      JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());
      try (Opened opened = Opened.with(config, Clock.fixed(Examples.NOON, ZoneOffset.UTC))) {
        opened.collectUntil(expected.path("samples").size());
        // There may be as many before Docker and the kubelet have both answered.
        await()
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(
                () -> {
                  String actual =
                      json(opened.collect(), opened.collector().resources())
                          .toPrettyString()
                          .replace(machine.toString(), "")
                          .replace(docker.socket().toString(), "SOCKET")
                          .replace(kubelet.url().toString(), "KUBELET");
                  assertThat(actual).isEqualTo(expected.toPrettyString());
                });
      }
    }
  }

  private static void answers(FakeDocker docker, Path folder) throws IOException {
    docker.list(Files.readString(folder.resolve("docker.json")));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("docker-")) {
          String id = name.substring("docker-".length(), name.length() - ".json".length());
          docker.inspect(id, Files.readString(file));
        }
      }
    }
  }

  private static JsonNode json(Reading reading, List<Resource> resources) throws IOException {
    ObjectNode result = JSON.createObjectNode();
    ArrayNode samples = result.putArray("samples");
    List<Sample> sorted =
        reading.samples().stream()
            .map(sample -> sample.setOrigin(Examples.origin(0)).build())
            .sorted(Comparator.comparing(Sample::getResourceId))
            .toList();
    for (Sample sample : sorted) {
      assertThat(sample.getAt()).isEqualTo(Examples.NOON);
      samples.add(shortened(JSON.readTree(sample.toString())));
    }
    ArrayNode inventory = result.putArray("resources");
    for (Resource resource : resources) {
      ObjectNode json = (ObjectNode) JSON.readTree(resource.toString());
      inventory.add(json.without(List.of("kind", "updatedAt", "dependsOn", "intervalMs")));
    }
    ArrayNode problems = result.putArray("problems");
    reading.problems().stream()
        .map(problem -> problem.reason().tag() + " " + problem)
        .sorted()
        .forEach(problems::add);
    return result;
  }

  /** Without what is the same in all, or says nothing. */
  private static JsonNode shortened(JsonNode sample) {
    ((ObjectNode) sample).remove(List.of("kind", "origin", "at"));
    prune(sample);
    return sample;
  }

  private static void prune(JsonNode node) {
    node.forEach(ContainerCasesTest::prune);
    if (node instanceof ObjectNode object) {
      List<String> names = Stream.of(object.fieldNames()).flatMap(ContainerCasesTest::all).toList();
      for (String name : names) {
        JsonNode value = object.get(name);
        if (value.isNull() || value.isArray() && value.isEmpty()) {
          object.remove(name);
        }
      }
    }
  }

  private static Stream<String> all(Iterator<String> names) {
    Stream.Builder<String> all = Stream.builder();
    names.forEachRemaining(all);
    return all.build();
  }
}
