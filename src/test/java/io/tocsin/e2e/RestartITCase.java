package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.serde.SchemaRegistration;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole is stopped and started again while an incident is open. */
class RestartITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private TestInstallation installation;
  private int servicePort;

  @Test
  void anOpenIncidentOutlivesACrashAndResolvesAfterwards() throws Exception {
    installation = new TestInstallation(directory);
    servicePort = TestInstallation.freePorts(1).get(0);
    installation.configure(
        """
        checks:
          - id: shop
            service: shop
            tier: core
            tcp: {host: 127.0.0.1, port: %d}
        """
            .formatted(servicePort));

    String incident;
    Map<String, Integer> schemaIds;
    try (TocsinProcess first = installation.up()) {
      await().atMost(PATIENCE).until(() -> open().size() == 1);
      incident = open().get(0).path("id").asText();
      assertThat(open().get(0).path("priority").asText()).isEqualTo("P0");
      await().atMost(PATIENCE).until(() -> rows("incidents where id = '" + incident + "'") == 1);
      schemaIds = new SchemaRegistration(installation.cluster()).registerAll();
      List<ProcessHandle> tree = first.tree();
      first.kill();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tree)
                      .as("the registry ends with its parent")
                      .noneMatch(ProcessHandle::isAlive));
    }

    try (TocsinProcess second = installation.up()) {
      await().atMost(PATIENCE).until(() -> !open().isEmpty());
      assertThat(open()).extracting(each -> each.path("id").asText()).containsExactly(incident);
      assertThat(new SchemaRegistration(installation.cluster()).registerAll()).isEqualTo(schemaIds);
      assertThat(rows("incidents where id = '" + incident + "'")).isEqualTo(1);

      try (ServerSocket service =
          new ServerSocket(servicePort, 50, InetAddress.getLoopbackAddress())) {
        await().atMost(PATIENCE).until(() -> open().isEmpty());
        assertThat(service.isBound()).isTrue();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          installation
                              .get("/api/v1/incidents/" + incident)
                              .path("timeline")
                              .findValuesAsText("kind"))
                      .startsWith("OPENED")
                      .endsWith("RESOLVED"));
      await()
          .atMost(PATIENCE)
          .until(() -> rows("incidents where id = '" + incident + "' and state = 'RESOLVED'") == 1);

      List<ProcessHandle> tree = second.tree();
      second.stop();
      assertThat(second.exitCode(PATIENCE)).isZero();
      // A child that was killed may end a moment after who killed it.
      await().until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(second.output()).contains("stopped in");
      assertThat(second.errors()).isEmpty();
    }
  }

  /** Open incidents of services; a machine that is busy with tests is short of CPU, and says so. */
  private List<JsonNode> open() throws Exception {
    List<JsonNode> open = new ArrayList<>();
    for (JsonNode incident : installation.get("/api/v1/incidents?state=open")) {
      if (incident.path("rule").asText().equals("service-down")) {
        open.add(incident);
      }
    }
    return open;
  }

  private long rows(String table) throws Exception {
    String password = Files.readString(installation.data().resolve("secrets/questdb")).strip();
    try (Connection connection =
            DriverManager.getConnection(installation.jdbcUrl(), "tocsin", password);
        ResultSet count =
            connection.createStatement().executeQuery("select count() from " + table)) {
      count.next();
      return count.getLong(1);
    }
  }
}
