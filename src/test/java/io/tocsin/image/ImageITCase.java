package io.tocsin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.e2e.RealPart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image as {@code deploy/image/build} makes it, and the whole pipeline as containers of it: a
 * container that an agent watches is killed, and is healed. Takes some minutes, so that an ordinary
 * build leaves it out: {@code -Dtocsin.trial.rounds=1}.
 */
@EnabledIfSystemProperty(named = "tocsin.trial.rounds", matches = "[0-9]+")
class ImageITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String IMAGE = "tocsin-test/image:it";
  private static final String TARGET = "tocsin-test/heal:1";
  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final String KEYS = "/etc/tocsin-keys";
  private static final String PASSWORD = "made-for-this-test";

  /** An agent is small, in a container too; 94 to 121 MB outside of one. */
  private static final long AGENT_MB = 170;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private String token;

  @BeforeEach
  void parts() throws Exception {
    RealPart.need("Docker", "install docker.io and start dockerd", "docker", "version");
    RealPart.need("busybox", "install busybox-static", "/bin/busybox", "true");
    RealPart.need("mmdebstrap", "install mmdebstrap", "mmdebstrap", "--version");
  }

  @Test
  void aKilledContainerIsHealedByAPipelineOfContainersWithNoRights() throws Exception {
    long begun = System.nanoTime();
    build();
    System.out.printf("image there after %d s%n", secondsSince(begun));
    String target = "tocsin-it-shop-" + directory.getFileName();
    Path configuration = configure(target);
    Path keys = Files.createDirectory(directory.resolve("keys"));
    PlanKeys pair = PlanKeys.create(keys);
    readable(keys, pair.privateKey(), pair.publicKey());

    try (Containers all = new Containers(IMAGE, configuration)) {
      try {
        start(all, target, keys);
        System.out.printf("pipeline of containers healthy after %d s%n", secondsSince(begun));
        eachHasNoRights(all);
        bothInstancesOfTheStreamsWork(all);
        theKilledOneIsHealed(all);
        historyHasTheIncident(all);
        agentsAreSmall(all);
      } catch (AssertionError | Exception failed) {
        System.err.println(all.report());
        throw failed;
      }
    }
    System.out.printf("all over after %d s%n", secondsSince(begun));
  }

  private static void build() throws Exception {
    Path busybox = Path.of("/bin/busybox");
    RealPart.run(
        "sh",
        "-c",
        "tar -C / -c " + busybox.toString().substring(1) + " | docker import - " + TARGET);
    RealPart.run("../deploy/image/build", IMAGE);
    JsonNode config =
        JSON.readTree(RealPart.run("docker", "inspect", IMAGE)).path(0).path("Config");
    assertThat(config.path("User").asText()).isEqualTo("10001:10001");
    assertThat(config.path("Labels").path("org.opencontainers.image.revision").asText())
        .isNotEmpty();
  }

  private Path configure(String target) throws IOException {
    Path at = Files.createDirectory(directory.resolve("etc"));
    String cluster =
        """
        data-dir: /var/lib/tocsin
        cluster: {bootstrap-servers: "kafka:9092", registry: "http://registry:8081/apis/ccompat/v7"}
        """;
    for (String id : List.of("streams-1", "streams-2")) {
      Files.writeString(
          at.resolve(id + ".yaml"),
          cluster
              + "streams: {instance-id: %s, threads: 1, http: {host: %s, port: 18082}}%n"
                  .formatted(id, id));
    }
    Files.writeString(
        at.resolve("tocsin.yaml"),
        cluster
            + """
            agent: {id: web-1}
            collectors: {host: {proc: /host/proc, sys: /host/sys}}
            checks:
              - {id: shop, service: shop, tier: core, interval: 1s, timeout: 400ms, tcp: {host: shop, port: 8080}}
            alerting: {flink: "http://jobmanager:8081"}
            rules:
              - {name: service-down, signal: health, clear-for: 1s, summary: "{resource} is {health}"}
            healing:
              mode: auto
              signing: {private-key: %1$s/plan-signing.key, public-key: %1$s/plan-signing.pub}
              actions:
                - name: restart-shop
                  does: {docker: {operation: restart}}
                  targets: {endpoint/shop: %2$s}
                  cooldown: 0s
                  verify: {by: probes, healthy-probes: 1, within: 60s}
            history:
              questdb: {url: "http://questdb:9000", sql: "questdb:8812", user: tocsin, password: {file: /etc/tocsin/questdb}, plain-text: true}
            server: {listen: 0.0.0.0, names: [console]}
            """
                .formatted(KEYS, target));
    Files.writeString(at.resolve("questdb"), PASSWORD + "\n");
    try (var files = Files.list(at)) {
      readable(at, files.toArray(Path[]::new));
    }
    return at;
  }

  /** By the user that containers run as, who is another than the test's. */
  private static void readable(Path directory, Path... files) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path file : files) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private void start(Containers all, String target, Path keys) throws Exception {
    Containers.Special none = host -> {};
    Containers.Special signs = host -> Containers.bind(host, keys + ":" + KEYS + ":ro");
    all.addForeign("shop", TARGET, "/bin/busybox", "httpd", "-f", "-p", "8080")
        .withCreateContainerCmdModifier(create -> create.withName(target));
    all.add("kafka", "kafka");
    all.add("registry", "registry");
    all.add("questdb", "questdb")
        .withEnv("QUESTDB_PASSWORD_FILE", "/etc/tocsin/questdb")
        .withExposedPorts(8812);
    all.add("jobmanager", all::checkpoints, "flink", "jobmanager");
    all.add(
        "taskmanager",
        host -> {
          all.checkpoints(host);
          signs.of(host); // the job signs plans there
        },
        "flink",
        "taskmanager");
    all.start();

    String file = "/etc/tocsin/tocsin.yaml";
    assertThat(all.run(none, "streams", "--config", file, "--create-topics"))
        .contains("schemas are registered");
    for (String id : List.of("streams-1", "streams-2")) {
      all.add(id, "streams", "--config", "/etc/tocsin/" + id + ".yaml").withExposedPorts(18082);
    }
    all.add("recorder", "record", "--config", file);
    all.add("console", "serve", "--config", file).withExposedPorts(18080);
    // Docker's socket, and so all of this machine, is the responder's alone; a proxy that lets
    // through what executors.md names would make it less.
    all.add(
        "responder",
        host -> {
          Containers.bind(host, SOCKET + ":" + SOCKET);
          host.withGroupAdd(List.of(groupOf(SOCKET)));
          Containers.bind(host, pairPublic(keys) + ":" + KEYS + "/plan-signing.pub:ro");
        },
        "respond",
        "--config",
        file);
    all.add("agent", ImageITCase::readsTheHost, "collect", "--config", file);
    all.start();
    assertThat(all.run(signs, "alerting", "--config", file)).contains("runs at http://jobmanager");
  }

  private static String pairPublic(Path keys) {
    return keys.resolve("plan-signing.pub").toString();
  }

  private static void readsTheHost(HostConfig host) {
    Containers.bind(host, "/proc:/host/proc:ro");
    Containers.bind(host, "/sys:/host/sys:ro");
  }

  private static String groupOf(Path file) {
    try {
      return Files.getAttribute(file, "unix:gid").toString();
    } catch (IOException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private static void eachHasNoRights(Containers all) {
    for (String name : all.names()) {
      InspectContainerResponse is = all.inspect(name);
      assertThat(is.getConfig().getUser()).as(name).isEqualTo("10001:10001");
      assertThat(is.getHostConfig().getReadonlyRootfs()).as(name).isTrue();
      assertThat(is.getHostConfig().getPrivileged()).as(name).isNotEqualTo(true);
      assertThat(is.getHostConfig().getCapDrop()).as(name).containsExactly(Capability.ALL);
      assertThat(is.getHostConfig().getCapAdd()).as(name).isNullOrEmpty();
      if (!name.equals("shop")) { // which is no part of the pipeline
        assertThat(is.getState().getHealth().getStatus()).as(name).isEqualTo("healthy");
      }
    }
  }

  private void bothInstancesOfTheStreamsWork(Containers all) throws Exception {
    for (String id : List.of("streams-1", "streams-2")) {
      await(id + " has work")
          .atMost(PATIENCE)
          .until(() -> !get(all, id, 18082, "/instance").path("active").isEmpty());
    }
  }

  private void theKilledOneIsHealed(Containers all) throws Exception {
    token =
        all.get("console")
            .execInContainer(
                StandardCharsets.UTF_8,
                "tocsin token create --name it --role viewer --config /etc/tocsin/tocsin.yaml"
                    .split(" "))
            .getStdout()
            .lines()
            .filter(line -> line.startsWith("tocsin_"))
            .findFirst()
            .orElseThrow();
    await("the agent's probes are there")
        .atMost(PATIENCE)
        .until(() -> health(all, "endpoint/shop").equals("UP"));
    await("and its host").atMost(PATIENCE).until(() -> !health(all, "host/web-1").isEmpty());
    String startedAt = all.inspect("shop").getState().getStartedAt();
    long killed = System.nanoTime();
    all.kill("shop");
    await("it is open, and then over")
        .atMost(PATIENCE)
        .until(() -> incident(all).path("state").asText().equals("RESOLVED"));
    System.out.printf(
        "killed to resolved, as the console's API says: %.1f s%n",
        (System.nanoTime() - killed) / 1e9);
    JsonNode incident = incident(all);
    assertThat(incident.path("priority").asText()).isEqualTo("P0");
    assertThat(incident.path("healAttempts").asInt()).isEqualTo(1);
    InspectContainerResponse.ContainerState state = all.inspect("shop").getState();
    assertThat(state.getRunning()).isTrue();
    assertThat(state.getStartedAt()).isNotEqualTo(startedAt);
  }

  private String health(Containers all, String resource) throws Exception {
    return get(all, "console", 18080, "/api/v1/resource?id=" + resource)
        .path("resource")
        .path("health")
        .asText();
  }

  private JsonNode incident(Containers all) throws Exception {
    JsonNode incidents = get(all, "console", 18080, "/api/v1/incidents?state=all");
    return StreamSupport.stream(incidents.spliterator(), false)
        .filter(each -> each.path("resource").asText().equals("endpoint/shop"))
        .findFirst()
        .orElse(JSON.missingNode());
  }

  private JsonNode get(Containers all, String name, int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + all.get(name).getMappedPort(port) + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    return Set.of(200, 404).contains(answer.statusCode())
        ? JSON.readTree(answer.body())
        : JSON.missingNode();
  }

  private static void historyHasTheIncident(Containers all) {
    String url =
        "jdbc:postgresql://127.0.0.1:"
            + all.get("questdb").getMappedPort(8812)
            + "/qdb?sslmode=disable";
    await("the recorder has written it")
        .atMost(PATIENCE)
        .ignoreException(SQLException.class)
        .until(
            () -> {
              try (Connection connection = DriverManager.getConnection(url, "tocsin", PASSWORD);
                  Statement ask = connection.createStatement();
                  ResultSet rows = ask.executeQuery("SELECT count() FROM incidents")) {
                return rows.next() && rows.getLong(1) > 0;
              }
            });
  }

  private static void agentsAreSmall(Containers all) throws Exception {
    for (String name : all.names()) {
      if (!name.equals("shop")) {
        System.out.printf("%-12s %4d MB%n", name, all.residentMb(name));
      }
    }
    assertThat(all.residentMb("agent")).isLessThan(AGENT_MB);
  }

  private static long secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000_000L;
  }
}
