package io.tocsin.tls;

import io.tocsin.embedded.Ports;
import io.tocsin.schemas.tls.ClientTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real schema registry, Apicurio, that speaks TLS and nothing else, on this machine; its schemas
 * are in memory.
 */
public final class TlsRegistry implements AutoCloseable {

  private final Process process;
  private final int port;

  private TlsRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether the build has unpacked it. */
  public static boolean isThere() {
    return Files.isDirectory(distribution());
  }

  private static Path distribution() {
    return Path.of("target", "registry").toAbsolutePath();
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param shows what it shows
   * @param believed by whom it is asked here
   */
  public static TlsRegistry start(
      Path directory, TestAuthority.Issued shows, TestAuthority believed) throws IOException {
    int port = Ports.free().registry();
    Path log = directory.resolve("registry.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.insecure-requests=disabled",
                    "-Dquarkus.http.ssl-port=" + port,
                    "-Dquarkus.http.ssl.certificate.files=" + shows.certificate(),
                    "-Dquarkus.http.ssl.certificate.key-files=" + shows.key(),
                    "-jar",
                    runner().toString()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    TlsRegistry registry = new TlsRegistry(process, port);
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(ClientTls.believing(believed.ca().toString()).context())
            .build();
    Awaitility.await("registry; " + log)
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> process.isAlive() && answers(client, registry.url() + "/subjects"));
    return registry;
  }

  private static Path runner() throws IOException {
    try (Stream<Path> files = Files.list(distribution())) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  private static boolean answers(HttpClient client, String url) throws InterruptedException {
    try {
      return client
              .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Base URL of its Confluent API. */
  public String url() {
    return "https://localhost:" + port + "/apis/ccompat/v7";
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(stop));
    }
  }
}
