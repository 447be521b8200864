package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.replay.Replay;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job at a real broker and the replay of the same input come to the same alerts, incidents and
 * words to people. So a backtest tells what would have happened.
 */
class AlertingReplayITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long INVENTORY = 7;

  @TempDir Path directory;

  private final AlertingInput input =
      new AlertingInput(Instant.ofEpochSecond(Instant.now().getEpochSecond() - 600));
  private final Recording recording = new Recording();
  private TopicWriter writer;

  @Test
  void theJobAndAReplayOfTheSameInputComeToTheSame() throws Exception {
    AlertingConfig config = AlertingInput.shipped();
    try (TestCluster cluster = new TestCluster(directory.resolve("cluster"))) {
      new SchemaRegistration(cluster.address()).registerAll();
      new TopicCreation(cluster.address(), (short) 1).createMissing();
      try (AlertingStage stage =
              new AlertingStage(cluster.address(), config, directory.resolve("state"), null);
          AlertingOutput output = new AlertingOutput(cluster.address())) {
        writer = new TopicWriter(cluster.address(), "test-input");
        inventory();
        await("the inventory has gone through the job")
            .atMost(PATIENCE)
            .until(() -> checkpointed(cluster.address()) == INVENTORY);
        day();
        writer.close();
        Replay replay = new Replay(rules(config), HealPolicies.NONE, alert -> alert, Instant.now());
        recording.play(replay, Instant.now());

        await("the job has come as far")
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(incidents(output.poll().newestIncidents().values()))
                        .isEqualTo(incidents(replay.log().incidents().values())));
        output.readAll();
        assertThat(alerts(output.alerts())).isEqualTo(alerts(replay.log().alerts()));
        assertThat(told(output.notifications())).isEqualTo(told(replay.log().notifications()));
        assertThat(output.deadLetters()).isEmpty();
        assertThat(stage.status()).isEqualTo(JobStatus.RUNNING);
        System.out.printf(
            "job and replay: %d alerts, %d incidents, %d notifications alike%n",
            output.alerts().size(),
            output.newestIncidents().size(),
            told(output.notifications()).size());
        assertThat(replay.log().incidents().values())
            .as("there was something to compare")
            .extracting(Incident::getState)
            .contains(IncidentState.OPEN, IncidentState.RESOLVED);
      }
    }
  }

  /** Resources up to the job's newest checkpoint, after which it tells the broker. */
  private static long checkpointed(Cluster cluster) throws Exception {
    try (Admin admin = Admin.create(cluster.clientSettings())) {
      return admin
          .listConsumerGroupOffsets("tocsin-alerting")
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(each -> each.getKey().topic().equals(Topics.RESOURCES.name()))
          .mapToLong(each -> each.getValue() == null ? 0 : each.getValue().offset())
          .sum();
    }
  }

  private void inventory() {
    for (Resource resource :
        List.of(
            input.resource("host/a", ResourceKind.HOST, null, null),
            input.resource("host/b", ResourceKind.HOST, null, null),
            input.resource("container/web", ResourceKind.CONTAINER, "host/a", "web", "db"),
            input.resource("container/db", ResourceKind.CONTAINER, "host/b", "db"),
            input.resource("endpoint/web", ResourceKind.ENDPOINT, "container/web", "web", "db"),
            input.resource("endpoint/db", ResourceKind.ENDPOINT, "container/db", "db"),
            input.resource("endpoint/mail", ResourceKind.ENDPOINT, null, "mail"))) {
      writer.send(Topics.RESOURCES, resource).join();
      recording.resource(Instant.now(), resource.getId(), resource);
    }
  }

  /**
   * The database's host is short of CPU, then the database dies, and with it the shop; mail too.
   */
  private void day() {
    for (int second = 0; second < 300; second++) {
      see(Topics.PROBES, input.probe("web", second, second / 60 == 2 ? Health.DOWN : Health.UP));
      see(Topics.PROBES, input.probe("db", second, second / 60 == 2 ? Health.DOWN : Health.UP));
      see(Topics.PROBES, input.probe("mail", second, second > 200 ? Health.DOWN : Health.UP));
      if (second % 10 == 0 && second >= 60) {
        see(Topics.BOTTLENECKS, input.cpu("host/b", 60, second, second < 220));
        see(Topics.MEASUREMENTS, input.queue(second, second));
      }
    }
  }

  private <V extends SpecificRecord> void see(Topic<V> topic, V value) {
    writer.send(topic, value).join();
    recording.observation(Instant.now(), Observations.of(value).orElseThrow());
  }

  private static RuleSet rules(AlertingConfig config) {
    return RuleSet.of(
        config.rules().stream()
            .map(text -> new RuleReader().read(text).rules().get(0).rule())
            .toList());
  }

  private static Set<String> incidents(Collection<Incident> incidents) {
    return incidents.stream()
        .map(
            each ->
                String.join(
                    " ",
                    each.getId(),
                    each.getRule(),
                    each.getResourceId(),
                    each.getState().name(),
                    each.getPriority().name(),
                    each.getStartedAt().toString(),
                    String.valueOf(each.getResolvedAt()),
                    String.valueOf(each.getMergedInto()),
                    each.getAlerts().stream()
                        .map(IncidentAlert::getAlertId)
                        .sorted()
                        .collect(Collectors.joining(","))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What was said of each episode, in its order, by id. */
  private static Map<String, List<AlertState>> alerts(List<Alert> alerts) {
    return alerts.stream()
        .collect(
            Collectors.groupingBy(
                alert -> alert.getRule() + " " + alert.getResourceId() + " " + alert.getId(),
                TreeMap::new,
                Collectors.mapping(Alert::getState, Collectors.toList())));
  }

  private static Set<String> told(List<Notification> notifications) {
    return notifications.stream()
        .filter(
            each ->
                each.getKind() == NotificationKind.PAGE
                    || each.getKind() == NotificationKind.RESOLVED)
        .map(each -> each.getKind() + " " + each.getIncidentId() + " " + each.getId())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
