package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped policies are applied to a running pipeline, and an exec shows in the report. */
class PolicyITCase {

  private static final String POLICIES =
      Path.of("../deploy/policies/default.yaml").toAbsolutePath().normalize().toString();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void anAppliedPolicyJudgesWhatComesNext() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    String config = installation.configure("").toString();
    try (TocsinProcess pipeline = installation.up()) {
      assertThat(apply(config)).contains("baseline: version 1 written");
      assertThat(apply(config)).contains("baseline: unchanged");
      await()
          .atMost(PATIENCE)
          .until(() -> installation.get("/api/v1/policies").findValuesAsText("id").size() == 1);
      await()
          .atMost(PATIENCE)
          .until(() -> installation.get("/api/v1/security/report").path("policies").asInt() == 1);
      try (TopicWriter writer = new TopicWriter(installation.cluster(), "test")) {
        writer.send(Topics.SECURITY_EVENTS, exec()).join();
        writer.send(Topics.SECURITY_EVENTS, exec()).join();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          installation
                              .get("/api/v1/security/report")
                              .path("latest")
                              .findValuesAsText("rule"))
                      .containsExactly("audit-exec"));
      aSecondServerAnswersTheSame(installation, config);
      assertThat(pipeline.isAlive()).isTrue();
    }
  }

  /** In here, as a second installation would take its time for that alone. */
  private void aSecondServerAnswersTheSame(TestInstallation installation, String config)
      throws Exception {
    int port = TestInstallation.freePorts(1).get(0);
    String text = Files.readString(Path.of(config));
    Path second =
        Files.writeString(
            directory.resolve("serve.yaml"),
            text.replace("api: " + installation.apiPort(), "api: " + port)
                + "cluster: {bootstrap-servers: \"%s\", registry: \"%s\"}%n"
                    .formatted(
                        installation.cluster().bootstrapServers(),
                        installation.cluster().registryUrl()));
    try (TocsinProcess server =
        TocsinProcess.start(directory, "serve", "--config", second.toString())) {
      await()
          .atMost(PATIENCE)
          .failFast(() -> assertThat(server.isAlive()).as(server::report).isTrue())
          .until(() -> server.output().contains("ready"));
      for (String path : List.of("/api/v1/policies", "/api/v1/incidents", "/api/v1/rules")) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(text(port, path)).as(path).isEqualTo(installation.text(path)));
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(ids(new ObjectMapper().readTree(text(port, "/api/v1/fleet"))))
                      .isNotEmpty()
                      .isEqualTo(ids(installation.get("/api/v1/fleet"))));
    }
  }

  private static List<String> ids(JsonNode fleet) {
    List<String> ids = new ArrayList<>();
    fleet.path("resources").forEach(resource -> ids.add(resource.path(0).asText()));
    return ids;
  }

  private static String text(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private String apply(String config) throws Exception {
    try (TocsinProcess command =
        TocsinProcess.start(directory, "policies", "apply", POLICIES, "--config", config)) {
      assertThat(command.exitCode(PATIENCE)).as(command::report).isZero();
      return command.output();
    }
  }

  private static SecurityEvent exec() {
    return SecurityEvent.newBuilder()
        .setId("docker-1")
        .setAt(Examples.NOON)
        .setOrigin(Examples.origin(0))
        .setSource(SecuritySource.DOCKER)
        .setAction("exec")
        .setSeverity(Severity.MEDIUM)
        .setResourceId("container/host-1.web")
        .setKind(ResourceKind.CONTAINER)
        .setContainer("web")
        .setTitle("web: exec: sh")
        .setAttributes(Map.of("command", "sh"))
        .build();
  }
}
