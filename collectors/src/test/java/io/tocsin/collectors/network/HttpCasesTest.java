package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder beside this class is an answer: {@code answer.http} is sent byte by byte and the
 * connection closed, {@code expected.json} is what the prober makes of it when it reads bodies of
 * up to 1000 bytes. A new case is a new folder.
 */
class HttpCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyAnswerIsTakenAsExpected() throws IOException, URISyntaxException {
    Path cases = Path.of(HttpCasesTest.class.getResource("plain-200").toURI()).getParent();
    List<Path> folders;
    try (Stream<Path> all = Files.list(cases)) {
      folders = all.filter(folder -> Files.exists(folder.resolve("answer.http"))).sorted().toList();
    }
    return folders.stream()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private static void run(Path folder) throws Exception {
    byte[] answer = Files.readAllBytes(folder.resolve("answer.http"));
    try (Loopback server =
        new Loopback(
            socket -> {
              Loopback.readRequest(socket);
              socket.getOutputStream().write(answer);
            })) {
      URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
      try (Collector collector =
          Paths.collector(new HttpTarget(url, null, null, null, null, 1_000))) {
        Reading reading = collector.collect();

        Probe.Builder probe = Paths.probe(reading);
        String address = "127.0.0.1:" + server.port();
        ObjectNode actual = JSON.createObjectNode();
        actual.put("health", probe.getHealth().name());
        actual.put("evidence", probe.getEvidence().replace(address, "SERVER"));
        actual.put("answered", probe.getLatencyUs() != null);
        reading
            .problems()
            .forEach(
                problem ->
                    actual
                        .withArray("problems")
                        .add(problem.reason().tag() + " " + problem.what()));
        assertThat(actual.toPrettyString())
            .isEqualTo(JSON.readTree(folder.resolve("expected.json").toFile()).toPrettyString());
      }
    }
  }
}
