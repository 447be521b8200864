package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.IncidentState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * From another version to this one and back, all of it in one process, with incidents open. The
 * other one is the build in {@code -Dtocsin.previous.home}, which {@code deploy/upgrade/previous}
 * makes; an ordinary build leaves it out, and {@link RestartITCase} starts this version after
 * itself.
 */
@EnabledIfSystemProperty(named = "tocsin.previous.home", matches = ".+")
@Timeout(900)
class UpgradeITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final Path THIS = TocsinProcess.thisHome();
  private static final Path OTHER =
      Path.of(System.getProperty("tocsin.previous.home", THIS.toString()));

  @TempDir Path directory;
  private TestInstallation installation;
  private Paged paged;

  /** None, unless a busy machine took it for down before it was silenced. */
  private long hushedPages;

  private final Map<String, String> ids = new HashMap<>();

  @Test
  void onOneMachineWhatIsOpenGoesOnAndNobodyIsToldTwice() throws Exception {
    installation = new TestInstallation(directory);
    Path healed = directory.resolve("healed");
    try (Doors doors = new Doors("plain", "taken", "brief", "hushed", "held", "later");
        Paged receiver = new Paged()) {
      paged = receiver;
      installation.configure(configuration(doors, healed));
      doors.open("hushed");
      doors.open("later");
      Map<String, List<String>> before;
      String plan;
      try (TocsinProcess old = installation.up(OTHER)) {
        silence("hushed");
        open("plain", "taken", "brief", "held");
        await("a person is asked")
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(paged.kinds(ids.get("held")))
                        .as("healing: %s", installation.text("/api/v1/heal"))
                        .containsOnlyOnce("REMINDER"));
        plan = installation.get("/api/v1/heal/plans").get(0).path("plan").asText();
        doors.shut("hushed");
        open("hushed");
        acknowledge("taken", 3_600);
        // Its end falls into the time in which nothing runs.
        acknowledge("brief", 8);
        before = timelines();
        hushedPages = paged.count(ids.get("hushed"), "PAGE");
        stop(old);
      }
      TimeUnit.SECONDS.sleep(8);
      try (TocsinProcess now = installation.up(THIS)) {
        await("the deadline that passed is seen to")
            .atMost(PATIENCE)
            .until(() -> timeline("brief").contains("RELEASED"));
        before = wentOn(before);
        approve(plan, healed);
        doors.open("held");
        await("healed").atMost(PATIENCE).until(() -> state("held") == IncidentState.RESOLVED);
        doors.shut("later");
        open("later");
        before = wentOn(before);
        if (OTHER.equals(THIS)) { // once there and back is no more than once there
          allEnd(doors, healed);
        }
        stop(now);
      }
      if (!OTHER.equals(THIS)) {
        try (TocsinProcess back = installation.up(OTHER)) {
          wentOn(before);
          assertThat(state("held")).isEqualTo(IncidentState.RESOLVED);
          allEnd(doors, healed);
          stop(back);
        }
      }
    }
  }

  private void allEnd(Doors doors, Path healed) throws Exception {
    doors.openAll();
    for (String name : ids.keySet()) {
      await(name + " is over").atMost(PATIENCE).until(() -> state(name) == IncidentState.RESOLVED);
    }
    toldOnce("plain", "taken", "brief", "held", "later");
    assertThat(paged.count(ids.get("hushed"), "PAGE")).isEqualTo(hushedPages);
    assertThat(timeline("brief")).containsOnlyOnce("RELEASED");
    assertThat(healed).content().hasLineCount(1);
    assertThat(services()).containsExactlyInAnyOrderElementsOf(ids.values());
    auditHolds();
  }

  /** Ids of all incidents of the checked services; a busy machine has others of its own. */
  private List<String> services() throws Exception {
    List<String> all = new ArrayList<>();
    for (JsonNode each : installation.get("/api/v1/incidents?state=all")) {
      if (each.path("rule").asText().equals("service-down")) {
        all.add(each.path("id").asText());
      }
    }
    return all;
  }

  private String configuration(Doors doors, Path healed) {
    return doors.checks()
        + paged.notifications()
        + """
        rules:
          - {name: service-down, signal: health, clear-for: 1s, summary: "{resource} does not answer", heal: [fix]}
        healing:
          evidence: {min-known-share: 0}
          mode: approve
          actions:
            - name: fix
              does: {exec: {argv: [/bin/sh, -c, "echo healed >> %s"]}}
              targets: [endpoint/held]
              verify: {by: probes, healthy-probes: 1, within: 30s}
        """
            .formatted(healed);
  }

  private void silence(String service) throws Exception {
    installation.post(
        "/api/v1/silences",
        """
        {"matchers": ["service=%s"], "reason": "a test", "by": "ann", "forSeconds": 86400}
        """
            .formatted(service));
    await("the silence holds")
        .atMost(PATIENCE)
        .until(() -> installation.get("/api/v1/silences").size() == 1);
  }

  /** Until each has its incident, and people were told unless it is silenced. */
  private void open(String... names) {
    for (String name : names) {
      await(name + " has an incident")
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

  private void acknowledge(String name, int seconds) throws Exception {
    installation.post(
        "/api/v1/incidents/" + ids.get(name) + "/acknowledge",
        "{\"by\": \"ann\", \"forSeconds\": %d}".formatted(seconds));
    await(name + " is taken")
        .atMost(PATIENCE)
        .until(() -> state(name) == IncidentState.ACKNOWLEDGED);
  }

  private void approve(String plan, Path healed) throws Exception {
    installation.post("/api/v1/heal/plans/" + plan + "/approve", "{\"by\": \"ann\"}");
    await("what was asked for before is done now")
        .atMost(PATIENCE)
        .until(() -> Files.exists(healed));
  }

  /** What was told before is told still, word for word; returns how it is told now. */
  private Map<String, List<String>> wentOn(Map<String, List<String>> before) throws Exception {
    await("all incidents are known")
        .atMost(PATIENCE)
        .until(() -> before.keySet().stream().noneMatch(name -> timeline(name).isEmpty()));
    Map<String, List<String>> now = timelines();
    before.forEach(
        (name, lines) ->
            assertThat(now.get(name))
                .as("timeline of %s", name)
                .startsWith(lines.toArray(String[]::new)));
    assertThat(now.values()).allSatisfy(lines -> assertThat(lines).containsOnlyOnce("OPENED"));
    assertThat(incident("taken").path("acknowledgement").path("by").asText()).isEqualTo("ann");
    assertThat(incident("hushed").path("silencedBy").asText()).isNotEmpty();
    assertThat(state("hushed")).isEqualTo(IncidentState.OPEN);
    for (String name : ids.keySet()) {
      assertThat(paged.count(ids.get(name), "PAGE"))
          .as("pages of %s: %s", name, paged.kinds(ids.get(name)))
          .isEqualTo(name.equals("hushed") ? hushedPages : 1);
    }
    return now;
  }

  private void toldOnce(String... names) {
    for (String name : names) {
      await("told that it is over: " + name)
          .atMost(PATIENCE)
          .until(() -> paged.count(ids.get(name), "RESOLVED") >= 1);
      assertThat(paged.count(ids.get(name), "PAGE")).as(name).isEqualTo(1);
      assertThat(paged.count(ids.get(name), "RESOLVED")).as(name).isEqualTo(1);
    }
    assertThat(paged.messages().stream().map(message -> message.path("id").asText()).toList())
        .as("no notification came twice")
        .doesNotHaveDuplicates();
  }

  private void auditHolds() throws Exception {
    try (TocsinProcess audit =
        TocsinProcess.startOf(
            OTHER,
            directory,
            "audit",
            "verify",
            "--config",
            directory.resolve("tocsin.yaml").toString())) {
      assertThat(audit.exitCode(PATIENCE)).as(audit::report).isZero();
      assertThat(audit.output()).contains("good: entries 1 to");
    }
  }

  private Map<String, List<String>> timelines() throws Exception {
    Map<String, List<String>> all = new HashMap<>();
    for (String name : ids.keySet()) {
      all.put(name, timeline(name));
    }
    return all;
  }

  private List<String> timeline(String name) {
    List<String> lines = new ArrayList<>();
    incident(name).path("timeline").forEach(line -> lines.add(line.path("kind").asText()));
    return lines;
  }

  private IncidentState state(String name) {
    String state = incident(name).path("state").asText();
    return state.isEmpty() ? null : IncidentState.valueOf(state);
  }

  private JsonNode incident(String name) {
    try {
      return installation.get("/api/v1/incidents/" + ids.get(name));
    } catch (Exception away) {
      throw new IllegalStateException(away);
    }
  }

  /** On a busy machine it takes more than it gives itself, and then ends as in a crash. */
  private static void stop(TocsinProcess process) throws InterruptedException {
    process.stop();
    assertThat(process.exitCode(Duration.ofSeconds(60))).as(process::report).isBetween(0, 1);
  }
}
