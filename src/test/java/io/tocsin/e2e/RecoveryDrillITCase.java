package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.healing.signature.PlanKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill of the manual: an installation with incidents is backed up while it runs and then lost,
 * process and disk; an empty one takes its place and goes on.
 */
@Timeout(600)
class RecoveryDrillITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(240);

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> ids = new TreeMap<>();
  private Paged paged;

  @Test
  void anEmptyInstallationGoesOnWhereTheLostOneWas() throws Exception {
    Path backup = directory.resolve("backup");
    Path healed = directory.resolve("healed");
    try (Doors doors = new Doors("plain", "taken", "hushed", "held");
        Paged receiver = new Paged()) {
      paged = receiver;
      String configuration = configuration(doors, healed);
      TestInstallation lost = installation("lost", configuration);
      String plan;
      String token;
      Map<String, Long> rows;
      doors.open("hushed");
      try (TocsinProcess first = lost.up()) {
        token =
            run(lost, 0, "token", "create", "--name", "kim", "--role", "viewer")
                .lines()
                .findFirst()
                .orElseThrow();
        lost.post(
            "/api/v1/silences",
            """
            {"matchers": ["service=hushed"], "reason": "a test", "by": "ann", "forSeconds": 86400}
            """);
        await().atMost(PATIENCE).until(() -> lost.get("/api/v1/silences").size() == 1);
        doors.shut("hushed");
        open(lost, "plain", "taken", "held", "hushed");
        lost.post(
            "/api/v1/incidents/" + ids.get("taken") + "/acknowledge",
            "{\"by\": \"ann\", \"forSeconds\": 3600}");
        await("taken").atMost(PATIENCE).until(() -> state(lost, "taken").equals("ACKNOWLEDGED"));
        await("a person is asked")
            .atMost(PATIENCE)
            .until(() -> paged.count(ids.get("held"), "REMINDER") == 1);
        plan = lost.get("/api/v1/heal/plans").get(0).path("plan").asText();
        long begun = System.nanoTime();
        String told = run(lost, 0, "backup", backup.toString());
        System.out.printf(
            "backup: %d ms, %d KB%n%s",
            Duration.ofNanos(System.nanoTime() - begun).toMillis(), size(backup) >> 10, told);
        first.kill();
      }
      rows = counted(backup);
      TestInstallation found = installation("found", configuration);
      String refused = damaged(backup, found);
      assertThat(refused).contains("nothing was restored");
      long begun = System.nanoTime();
      String told = run(found, 0, "restore", backup.toString());
      System.out.printf(
          "restore: %d ms%n%s", Duration.ofNanos(System.nanoTime() - begun).toMillis(), told);
      try (TocsinProcess second = found.up()) {
        int pages = paged.messages().size();
        await("all are known")
            .atMost(PATIENCE)
            .until(() -> openIds(found).containsAll(ids.values()));
        assertThat(state(found, "taken")).isEqualTo("ACKNOWLEDGED");
        assertThat(incident(found, "taken").path("acknowledgement").path("by").asText())
            .isEqualTo("ann");
        assertThat(incident(found, "hushed").path("silencedBy").asText()).isNotEmpty();
        assertThat(found.get("/api/v1/silences")).hasSize(1);
        assertThat(me(found, token)).isEqualTo("kim");
        await("the store has applied its log")
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(counted(found, rows)).isEqualTo(rows));
        found.post("/api/v1/heal/plans/" + plan + "/approve", "{\"by\": \"ann\"}");
        await("what waited for a word").atMost(PATIENCE).until(() -> Files.exists(healed));
        assertThat(paged.messages()).as("nobody is told again").hasSize(pages);
        doors.openAll();
        for (String name : ids.keySet()) {
          await(name + " is over")
              .atMost(PATIENCE)
              .until(() -> state(found, name).equals("RESOLVED"));
        }
        assertThat(services(found)).containsExactlyInAnyOrderElementsOf(ids.values());
        for (String name : List.of("plain", "taken", "held")) {
          await("told that it is over")
              .atMost(PATIENCE)
              .until(() -> paged.count(ids.get(name), "RESOLVED") == 1);
          assertThat(paged.count(ids.get(name), "PAGE")).isEqualTo(1);
        }
        assertThat(healed).content().hasLineCount(1);
        assertThat(run(found, 0, "audit", "verify")).contains("good: entries 1 to");
        assertThat(run(found, 12, "restore", backup.toString())).contains("in use by the running");
        second.stop();
        assertThat(second.exitCode(PATIENCE)).as(second::report).isZero();
      }
    }
  }

  /** A backup of which a file was cut short is refused, and leaves nothing behind. */
  private String damaged(Path backup, TestInstallation found) throws Exception {
    Path damaged = Files.createDirectories(directory.resolve("damaged"));
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()));
      }
    }
    Path file = damaged.resolve("state-tocsin.incidents.avro");
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, all.length - 1));
    return run(found, 8, "restore", damaged.toString());
  }

  private TestInstallation installation(String name, String configuration) throws IOException {
    TestInstallation made = new TestInstallation(Files.createDirectories(directory.resolve(name)));
    made.configure(configuration);
    return made;
  }

  private String configuration(Doors doors, Path healed) throws IOException {
    PlanKeys keys = PlanKeys.create(directory.resolve("keys"));
    return doors.checks()
        + paged.notifications()
        + """
        rules:
          - {name: service-down, signal: health, clear-for: 1s, summary: "{resource} does not answer", heal: [fix]}
        healing:
          evidence: {min-known-share: 0}
          mode: approve
          signing: {private-key: "%s"}
          actions:
            - name: fix
              does: {exec: {argv: [/bin/sh, -c, "echo healed >> %s"]}}
              targets: [endpoint/held]
              verify: {by: probes, healthy-probes: 1, within: 30s}
        """
            .formatted(keys.privateKey(), healed);
  }

  private void open(TestInstallation installation, String... names) {
    for (String name : names) {
      await(name + " has an incident, and somebody knows")
          .atMost(PATIENCE)
          .until(
              () -> {
                for (JsonNode each : installation.get("/api/v1/incidents?state=open")) {
                  if (each.path("resource").asText().equals("endpoint/" + name)) {
                    ids.put(name, each.path("id").asText());
                  }
                }
                return ids.containsKey(name)
                    && (name.equals("hushed") || paged.count(ids.get(name), "PAGE") == 1);
              });
    }
  }

  private static List<String> openIds(TestInstallation installation) throws Exception {
    List<String> open = new ArrayList<>();
    installation
        .get("/api/v1/incidents?state=open")
        .forEach(each -> open.add(each.path("id").asText()));
    return open;
  }

  /** Ids of all incidents of the checked services; a busy machine has others of its own. */
  private static List<String> services(TestInstallation installation) throws Exception {
    List<String> all = new ArrayList<>();
    for (JsonNode each : installation.get("/api/v1/incidents?state=all")) {
      if (each.path("rule").asText().equals("service-down")) {
        all.add(each.path("id").asText());
      }
    }
    return all;
  }

  private JsonNode incident(TestInstallation installation, String name) throws Exception {
    return installation.get("/api/v1/incidents/" + ids.get(name));
  }

  private String state(TestInstallation installation, String name) throws Exception {
    return incident(installation, name).path("state").asText();
  }

  private String me(TestInstallation installation, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + installation.apiPort() + "/api/v1/me"))
            .header("Authorization", "Bearer " + token)
            .build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body).path("name").asText();
  }

  /** Rows by table as the backup says. */
  private static Map<String, Long> counted(Path backup) throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    JsonNode manifest = new ObjectMapper().readTree(backup.resolve("manifest.json").toFile());
    for (JsonNode file : manifest.path("files")) {
      if (file.path("name").asText().startsWith("history-")
          && List.of("latencies", "heals", "windows_1m").contains(file.path("what").asText())) {
        rows.put(file.path("what").asText(), file.path("count").asLong());
      }
    }
    return rows;
  }

  /** The same as the store says, of the time before the backup. */
  private static Map<String, Long> counted(TestInstallation installation, Map<String, Long> like)
      throws Exception {
    Map<String, Long> rows = new TreeMap<>();
    String password = Files.readString(installation.data().resolve("secrets/questdb")).strip();
    try (Connection connection =
        DriverManager.getConnection(installation.jdbcUrl(), "tocsin", password)) {
      for (String table : like.keySet()) {
        try (ResultSet count =
            connection.createStatement().executeQuery("select count() from " + table)) {
          count.next();
          rows.put(table, Math.min(like.get(table), count.getLong(1)));
        }
      }
    }
    return rows;
  }

  private String run(TestInstallation installation, int exitCode, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config");
    all.add(installation.data().resolveSibling("tocsin.yaml").toString());
    try (TocsinProcess process = TocsinProcess.start(directory, all.toArray(String[]::new))) {
      assertThat(process.exitCode(PATIENCE)).as(process::report).isEqualTo(exitCode);
      return process.output() + process.errors();
    }
  }

  private static long size(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
