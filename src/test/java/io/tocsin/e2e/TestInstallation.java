package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A data directory, free ports and a configuration for a pipeline that a test runs. */
final class TestInstallation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final List<Integer> ports;

  TestInstallation(Path directory) {
    this.directory = directory;
    this.ports = freePorts(6);
  }

  static List<Integer> freePorts(int count) {
    return Ports.free(count);
  }

  /** Writes a configuration: ports and data directory, then what the test adds. */
  Path configure(String rest) throws IOException {
    return Files.writeString(
        directory.resolve("tocsin.yaml"),
        """
        data-dir: %s
        ports: {kafka: %d, kafka-controller: %d, registry: %d, questdb-http: %d, questdb-pg: %d, api: %d}
        %s
        """
            .formatted(
                data(),
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                ports.get(5),
                rest));
  }

  Path data() {
    return directory.resolve("data");
  }

  int apiPort() {
    return ports.get(5);
  }

  Cluster cluster() {
    return new Cluster(
        "127.0.0.1:" + ports.get(0), "http://127.0.0.1:" + ports.get(2) + "/apis/ccompat/v7");
  }

  /** SQL over the PostgreSQL wire. */
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + ports.get(4) + "/qdb";
  }

  /** Starts {@code tocsin up} and waits until it says of itself that it is ready. */
  TocsinProcess up() throws IOException {
    return up(TocsinProcess.thisHome());
  }

  /** The same of another build. */
  TocsinProcess up(Path home) throws IOException {
    TocsinProcess process =
        TocsinProcess.startOf(
            home, directory, "up", "--config", directory.resolve("tocsin.yaml").toString());
    await("ready")
        .atMost(Duration.ofSeconds(150))
        .failFast(() -> assertThat(process.isAlive()).as(process::report).isTrue())
        .ignoreExceptions()
        .until(() -> get("/health/ready").path("ready").asBoolean());
    return process;
  }

  /** Asks for something to be done, as JSON; it has to be accepted. */
  JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer::body).isEqualTo(202);
    return JSON.readTree(answer.body());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  String text(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + apiPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
