package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One {@code tocsin streams}, a process that is started, killed and started again. */
final class StreamsInstance implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String scheme;
  private final Path directory;
  private final String id;
  private final int port = TestInstallation.freePorts(1).get(0);
  private final Path file;
  private TocsinProcess process;

  /** One that asks nobody who they are. */
  StreamsInstance(Path parent, String id, Cluster cluster, int standbys) throws IOException {
    this(parent, id, cluster, standbys, null);
  }

  /**
   * One of its cluster.
   *
   * @param authority who signs the certificates by which instances know each other; null for none
   */
  StreamsInstance(Path parent, String id, Cluster cluster, int standbys, TestAuthority authority)
      throws IOException {
    this.scheme = authority == null ? "http" : "https";
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    String tls = "";
    if (authority != null) {
      TestAuthority.Issued own = authority.localServer(id);
      ClientTls keys =
          new ClientTls(
              authority.ca().toString(), own.certificate().toString(), SecretRef.in(own.key()));
      client.sslContext(keys.context());
      tls =
          ", tls: {certificate: %s, key: {file: %s}, client-ca: %s}"
              .formatted(own.certificate(), own.key(), authority.ca());
    }
    this.http = client.build();
    this.directory = Files.createDirectories(parent.resolve(id));
    this.id = id;
    this.file =
        Files.writeString(
            directory.resolve("streams.yaml"),
            """
            data-dir: %s
            cluster: {bootstrap-servers: "%s", registry: "%s"}
            streams:
              instance-id: %s
              threads: 2
              standbys: %d
              replication-factor: 1
              http: {port: %d%s}
            """
                .formatted(
                    directory.resolve("data"),
                    cluster.bootstrapServers(),
                    cluster.registryUrl(),
                    id,
                    standbys,
                    port,
                    tls));
  }

  String id() {
    return id;
  }

  int port() {
    return port;
  }

  Path file() {
    return file;
  }

  void start() throws IOException {
    start(TocsinProcess.thisHome());
  }

  /** Starts another build of it. */
  void start(Path home) throws IOException {
    process = TocsinProcess.startOf(home, directory, "streams", "--config", file.toString());
  }

  TocsinProcess process() {
    return process;
  }

  /** Until it processes what it was given. */
  void awaitRunning() {
    await(id + " runs")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(process::report).isTrue())
        .until(() -> process.output().contains("running after"));
  }

  /** Samples that it has taken since it started; 0 while it does not answer. */
  long taken() {
    try {
      return get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith("tocsin_streams_samples_total"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
          .sum();
    } catch (IOException | InterruptedException away) {
      return 0;
    }
  }

  /** Until it has taken samples. */
  void awaitWork() {
    await(id + " works")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(process::report).isTrue())
        .until(() -> taken() > 0);
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  void stop() throws InterruptedException {
    process.stop();
    assertThat(process.exitCode(PATIENCE)).as(process::report).isZero();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Tasks that it processes; none while it does not answer. */
  List<String> active() {
    try {
      List<String> tasks = new ArrayList<>();
      JSON.readTree(get("/instance").body()).path("active").forEach(t -> tasks.add(t.asText()));
      return tasks;
    } catch (IOException | InterruptedException away) {
      return List.of();
    }
  }

  /** What it says of a resource, asked again until it is a plain answer. */
  JsonNode state(String resource) {
    HttpResponse<String> answer =
        await("state of " + resource)
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> get("/state/" + resource), got -> got.statusCode() != 503);
    assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
    try {
      return JSON.readTree(answer.body());
    } catch (IOException broken) {
      throw new AssertionError(answer.body(), broken);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
