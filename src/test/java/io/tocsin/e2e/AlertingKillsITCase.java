package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.serde.SchemaRegistration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tocsin alerting} is killed at random while incidents open and resolve. For a long trial:
 * {@code -Dtocsin.trial.kills=100}, and {@code -Dtocsin.trial.seed} to repeat one.
 */
class AlertingKillsITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int KILLS = Integer.getInteger("tocsin.trial.kills", 2);
  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime());

  @TempDir Path directory;

  @Test
  void noIncidentIsLostOrOpenedTwiceAndEveryEndIsToldOnce() throws Exception {
    System.out.printf("kill trial of alerting: %d kills, seed %d%n", KILLS, SEED);
    Random random = new Random(SEED);
    try (TestCluster cluster = new TestCluster(directory.resolve("cluster"))) {
      new SchemaRegistration(cluster.address()).registerAll();
      new TopicCreation(cluster.address(), (short) 1).createMissing();
      String config = configure(cluster);
      try (Outages outages = new Outages(cluster.address(), Clock.systemUTC(), SEED);
          AlertingOutput output = new AlertingOutput(cluster.address())) {
        outages.start();
        for (int kill = 0; kill < KILLS; kill++) {
          try (TocsinProcess process = TocsinProcess.start(directory, "alerting", "-c", config)) {
            // One in three dies while it starts, restores, or has just begun.
            if (kill % 3 == 2) {
              TimeUnit.MILLISECONDS.sleep(random.nextInt(8_000));
            } else {
              awaitWork(process);
              TimeUnit.MILLISECONDS.sleep(random.nextInt(5_000));
            }
            process.kill();
          }
          output.readAll();
          System.out.printf("kill %d: %d incidents%n", kill + 1, output.newestIncidents().size());
        }
        try (TocsinProcess last = TocsinProcess.start(directory, "alerting", "-c", config)) {
          awaitWork(last);
          outages.end();
          await("all are over")
              .atMost(PATIENCE)
              .untilAsserted(
                  () -> {
                    Collection<Incident> newest = output.poll().newestIncidents().values();
                    assertThat(newest.stream().map(Incident::getResourceId))
                        .containsAll(outages.wentDown());
                    assertThat(newest).allMatch(each -> each.getState() == IncidentState.RESOLVED);
                  });
          check(outages.wentDown(), output.readAll());
        }
      }
    }
  }

  static void check(Set<String> wentDown, AlertingOutput output) {
    // Two topics: the last word to people may come after that on its incident.
    await("the end of each is told")
        .atMost(PATIENCE)
        .until(
            () ->
                output.readAll().newestIncidents().values().stream()
                    .noneMatch(
                        each ->
                            told(output.notifications(), each, NotificationKind.RESOLVED)
                                .isEmpty()));
    Collection<Incident> newest = output.newestIncidents().values();
    assertThat(newest)
        .as("one of each, none lost, none twice")
        .extracting(Incident::getResourceId)
        .containsExactlyInAnyOrderElementsOf(wentDown);
    Map<String, String> versions = new HashMap<>();
    for (Incident each : output.incidents()) {
      String said = each.getState() + " " + each.getStartedAt() + " " + each.getUpdatedAt();
      String before = versions.putIfAbsent(each.getId() + "/" + each.getVersion(), said);
      assertThat(said)
          .as("a version is told again as it was")
          .isEqualTo(before == null ? said : before);
    }
    for (Incident each : newest) {
      for (int version = 1; version <= each.getVersion(); version++) {
        assertThat(versions).containsKey(each.getId() + "/" + version);
      }
      assertThat(told(output.notifications(), each, NotificationKind.PAGE)).hasSize(1);
      assertThat(told(output.notifications(), each, NotificationKind.RESOLVED)).hasSize(1);
    }
    Set<String> again = new HashSet<>();
    long repeated =
        output.incidents().stream()
            .filter(each -> !again.add(each.getId() + "/" + each.getVersion()))
            .count();
    System.out.printf(
        "kill trial of alerting: %d kills, seed %d: %d incidents, 0 lost, 0 twice, %d versions"
            + " written again after a restart%n",
        KILLS, SEED, newest.size(), repeated);
  }

  /** Ids: what is delivered again has the same one. */
  private static Set<String> told(List<Notification> all, Incident about, NotificationKind kind) {
    return all.stream()
        .filter(each -> each.getIncidentId().equals(about.getId()) && each.getKind() == kind)
        .map(Notification::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static void awaitWork(TocsinProcess process) {
    await("alerting runs")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(process::report).isTrue())
        .until(() -> process.output().contains("alerting with"));
  }

  private String configure(TestCluster cluster) throws Exception {
    return Files.writeString(
            directory.resolve("alerting.yaml"),
            """
            data-dir: %s
            cluster: {bootstrap-servers: "%s", registry: "%s"}
            rules:
              - name: service-down
                signal: health
                when: "!up"
                clear-for: 2s
                summary: "{resource} is down"
            """
                .formatted(
                    directory.resolve("data"),
                    cluster.address().bootstrapServers(),
                    cluster.address().registryUrl()))
        .toString();
  }
}
