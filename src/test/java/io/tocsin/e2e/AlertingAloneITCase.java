package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerting job alone: in a process of its own, and handed to a Flink cluster. */
class AlertingAloneITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private interface Step {
    void run() throws Exception;
  }

  @TempDir static Path directory;
  private static TestCluster cluster;
  private long sequence;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new TestCluster(directory.resolve("cluster"));
    new Broker(cluster.address()).prepare((short) 1);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void aJobInAProcessOfItsOwnPagesAndResolves() throws Exception {
    Path file = config("here", "");
    try (TocsinProcess alerting =
        TocsinProcess.start(directory, "alerting", "--config", file.toString(), "--anew")) {
      await("alerting runs")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(alerting.isAlive()).as(alerting::report).isTrue())
          .until(() -> alerting.output().contains("alerting with"));
      pagesAndResolves("endpoint/here");
    }
  }

  @Test
  void whoHasBeenAtWorkDoesNotBeginAnewByItself() throws Exception {
    Path file = config("forgetful", "");
    try (Admin admin = Admin.create(cluster.address().clientSettings())) {
      admin
          .alterConsumerGroupOffsets(
              "tocsin-alerting",
              Map.of(new TopicPartition(Topics.COMMANDS.name(), 0), new OffsetAndMetadata(0)))
          .all()
          .get();
    }
    try (TocsinProcess alerting =
        TocsinProcess.start(directory, "alerting", "--config", file.toString())) {
      assertThat(alerting.exitCode(PATIENCE)).as(alerting::report).isEqualTo(8);
      assertThat(alerting.errors()).contains("there is no state in", "--anew");
    }
  }

  @Test
  void aFlinkClusterTakesTheSameJobWithTheCodeItNeeds() throws Exception {
    try (FlinkProcesses flink = FlinkProcesses.start(directory.resolve("flink"))) {
      Path file = config("there", "alerting: {flink: \"" + flink.address() + "\"}");
      try (TocsinProcess alerting =
          TocsinProcess.start(directory, "alerting", "--config", file.toString(), "--anew")) {
        assertThat(alerting.exitCode(PATIENCE)).as(alerting::report).isZero();
        assertThat(alerting.output()).contains("runs at " + flink.address());
      }
      await("the job runs").atMost(PATIENCE).until(() -> flink.get("/jobs").contains("RUNNING"));
      try (TocsinProcess again =
          TocsinProcess.start(directory, "alerting", "--config", file.toString())) {
        assertThat(again.exitCode(PATIENCE)).as(again::report).isZero();
        assertThat(again.output()).contains("already");
      }
      assertThat(flink.get("/jobs").split("RUNNING", -1)).as("a second job").hasSize(2);
      pagesAndResolves("endpoint/there", () -> goesOnFromItsSavepoint(flink, file));
    }
  }

  private static void goesOnFromItsSavepoint(FlinkProcesses flink, Path file) throws Exception {
    String savepoint = flink.stopWithSavepoint(directory.resolve("savepoints"));
    try (TocsinProcess nowhere = goOn(file, directory.resolve("nowhere").toUri().toString())) {
      assertThat(nowhere.exitCode(PATIENCE)).as(nowhere::report).isEqualTo(15);
      assertThat(nowhere.errors()).contains("nowhere");
    }
    try (TocsinProcess again = goOn(file, savepoint)) {
      assertThat(again.exitCode(PATIENCE)).as(again::report).isZero();
    }
  }

  private static TocsinProcess goOn(Path file, String savepoint) throws Exception {
    return TocsinProcess.start(
        directory, "alerting", "--config", file.toString(), "--from-savepoint", savepoint);
  }

  private static Path config(String name, String more) throws Exception {
    Path file = directory.resolve(name + ".yaml");
    return Files.writeString(
        file,
        """
        data-dir: %s
        cluster: {bootstrap-servers: "%s", registry: "%s"}
        rules:
          - name: service-down
            signal: health
        %s
        """
            .formatted(
                directory.resolve(name),
                cluster.address().bootstrapServers(),
                cluster.address().registryUrl(),
                more));
  }

  private void pagesAndResolves(String endpoint) throws Exception {
    pagesAndResolves(endpoint, () -> {});
  }

  /** One incident, one page and one end of it, whatever happens in between. */
  private void pagesAndResolves(String endpoint, Step meanwhile) throws Exception {
    List<Incident> incidents = new ArrayList<>();
    List<Notification> told = new ArrayList<>();
    try (TopicReader reader =
            TopicReader.fromNow(
                cluster.address(),
                "test",
                Clock.systemUTC(),
                Set.of(Topics.INCIDENTS, Topics.NOTIFICATIONS));
        TopicWriter writer = new TopicWriter(cluster.address(), "test")) {
      writer.send(Topics.PROBES, probe(endpoint, Health.DOWN)).join();
      await("a page for " + endpoint)
          .atMost(PATIENCE)
          .until(
              () -> {
                read(reader, endpoint, incidents, told);
                // Two topics: either may be read first.
                return !incidents.isEmpty()
                    && told.stream().anyMatch(each -> each.getKind() == NotificationKind.PAGE);
              });
      assertThat(incidents.get(0).getPriority()).isEqualTo(Priority.P0);
      meanwhile.run();
      writer.send(Topics.PROBES, probe(endpoint, Health.UP)).join();
      await("the end of it")
          .atMost(PATIENCE)
          .until(
              () -> {
                read(reader, endpoint, incidents, told);
                return incidents.get(incidents.size() - 1).getState() == IncidentState.RESOLVED
                    && told.stream().anyMatch(each -> each.getKind() == NotificationKind.RESOLVED);
              });
    }
    assertThat(incidents).extracting(Incident::getId).containsOnly(incidents.get(0).getId());
  }

  private static void read(
      TopicReader reader, String endpoint, List<Incident> incidents, List<Notification> told) {
    reader
        .poll(Duration.ofMillis(200))
        .forEach(
            received -> {
              received
                  .as(Topics.INCIDENTS)
                  .filter(incident -> incident.getResourceId().equals(endpoint))
                  .ifPresent(incidents::add);
              received
                  .as(Topics.NOTIFICATIONS)
                  .filter(each -> each.getSummary().contains(endpoint))
                  .ifPresent(told::add);
            });
  }

  private Probe probe(String endpoint, Health health) {
    return Probe.newBuilder()
        .setResourceId(endpoint)
        .setService(endpoint.replace('/', '-'))
        .setTier(Tier.CORE)
        .setOrigin(new Origin("test", endpoint, sequence++))
        .setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .setKind(ProbeKind.HTTP)
        .setHealth(health)
        .setEvidence("the test says so")
        .setIntervalMs(60_000)
        .build();
  }
}
