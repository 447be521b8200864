package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code kubernetes} is an answer of the API server: what is checked, the body, and
 * in {@code expected.json} the status it comes with, the question it is given to, and what the pass
 * makes of it. A new case is a new folder.
 */
class KubernetesCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException, URISyntaxException {
    Path cases = Path.of(KubernetesCasesTest.class.getResource("kubernetes").toURI());
    List<Path> folders;
    try (Stream<Path> all = Files.list(cases)) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(folders).isNotEmpty();
    return folders.stream()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private static void run(Path folder) throws Exception {
    JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());
    int status = expected.get("status").asInt();
    try (ApiServer server =
        new ApiServer(status, Files.readAllBytes(folder.resolve("answer.json")))) {
      OnePass pass = OnePass.of(target(folder, server));

      ObjectNode actual = JSON.createObjectNode();
      actual.put("status", status);
      actual.put("path", server.asked.get(0));
      actual.put("health", pass.health().name());
      actual.put(
          "evidence", pass.probe().getEvidence().replace(server.address().toString(), "{api}"));
      ArrayNode problems = actual.putArray("problems");
      pass.reasons().forEach(reason -> problems.add(reason.name()));
      assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
    }
  }

  private static Target target(Path folder, ApiServer server) throws IOException {
    ObjectNode check = (ObjectNode) JSON.readTree(folder.resolve("check.json").toFile());
    check.put("api", server.address().toString());
    return JSON.treeToValue(check, Target.Kubernetes.class);
  }
}
