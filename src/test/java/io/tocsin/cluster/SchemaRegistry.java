package io.tocsin.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One schema registry; its schemas outlive it on its disk. */
final class SchemaRegistry implements AutoCloseable {

  private static final int PORT = 8081;

  private final Part part;

  SchemaRegistry(Hosts hosts, Path directory) throws Exception {
    Host host = hosts.host("registry");
    Path at = Files.createDirectories(directory.resolve("registry"));
    List<String> command = Java.small(96);
    command.add("-XX:ReservedCodeCacheSize=32m");
    command.addAll(
        List.of(
            "-Dquarkus.http.host=" + host.address(),
            "-Dquarkus.http.port=" + PORT,
            "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + at.resolve("h2") + ";WRITE_DELAY=0",
            "-Dquarkus.datasource.jdbc.initial-size=1",
            "-Dquarkus.datasource.jdbc.min-size=1",
            "-Dquarkus.datasource.jdbc.max-size=8",
            "-jar",
            runner().toString()));
    this.part = new Part("registry", host, at, command);
  }

  private static Path runner() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target/registry").toAbsolutePath())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no registry in target; build the program first"));
    }
  }

  void start() throws IOException {
    part.start();
  }

  void awaitRunning() {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    await("a registry")
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptions()
        .until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
  }

  String address() {
    return "http://" + part.host().address() + ":" + PORT + "/apis/ccompat/v7";
  }

  Part part() {
    return part;
  }

  @Override
  public void close() {
    part.close();
  }
}
