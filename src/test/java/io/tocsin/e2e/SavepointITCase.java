package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Today's code goes on from a savepoint that an earlier one has left: an incident is open, a series
 * pending, a silence in force, a rule from the topic. To keep one of today's: {@code
 * -Dtocsin.savepoint.write=true}.
 */
@TestMethodOrder(OrderAnnotation.class)
class SavepointITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path KEPT = Path.of("test/resources/io/tocsin/savepoint").toAbsolutePath();
  private static final String SILENCE = "kept-silence";

  @TempDir Path directory;

  private final AlertingInput input = new AlertingInput(Examples.NOON);
  private TestCluster cluster;
  private TopicWriter writer;

  @BeforeEach
  void start() throws Exception {
    cluster = new TestCluster(directory.resolve("cluster"));
    new SchemaRegistration(cluster.address()).registerAll();
    new TopicCreation(cluster.address(), (short) 1).createMissing();
    writer = new TopicWriter(cluster.address(), "test-input");
  }

  @AfterEach
  void stop() {
    writer.close();
    cluster.close();
  }

  @Test
  @Order(2)
  void whatAnEarlierVersionHasBegunIsContinued() throws Exception {
    Properties kept = new Properties();
    try (var in = Files.newInputStream(KEPT.resolve("savepoint.properties"))) {
      kept.load(in);
    }
    before(); // so that the topics are as long as they were
    try (AlertingStage stage = stage(elsewhere());
        AlertingOutput output = new AlertingOutput(cluster.address())) {
      after();
      String id = kept.getProperty("incident");
      await("the incident is over")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(output.poll().newestIncidents().values())
                      .as("alerts: %s", output.alerts())
                      .anyMatch(
                          each ->
                              each.getId().equals(id)
                                  && each.getState() == IncidentState.RESOLVED));
      await("the series has been bad for five minutes, those before the savepoint included")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(of(output.poll().alerts(), "queue-long"))
                      .extracting(Alert::getState, Alert::getSince)
                      .containsExactly(
                          org.assertj.core.groups.Tuple.tuple(AlertState.FIRING, Examples.NOON)));
      await("the silence is known, so that it can be taken back")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(output.poll().silences())
                      .extracting(Silence::getId, Silence::getRevoked)
                      .containsExactly(tuple(SILENCE, true)));
      int version = Integer.parseInt(kept.getProperty("version"));
      assertThat(output.events())
          .filteredOn(event -> event.getIncidentId().equals(id))
          .allMatch(event -> event.getVersion() > version)
          .extracting(IncidentEvent::getKind)
          .doesNotContain(IncidentEventKind.OPENED);
      assertThat(stage.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  @Order(1)
  @EnabledIfSystemProperty(named = "tocsin.savepoint.write", matches = "true")
  void keepsOneOfToday() throws Exception {
    before();
    try (AlertingStage stage = stage(null);
        AlertingOutput output = new AlertingOutput(cluster.address())) {
      await("all that is to be kept is there")
          .atMost(PATIENCE)
          .until(
              () ->
                  output.poll().silences().size() == 1
                      && !output.incidents().isEmpty()
                      && of(output.alerts(), "queue-long").size() == 1
                      && !output.ruleStatuses().isEmpty());
      Path written = stage.savepoint(directory.resolve("savepoints"));
      Incident open = output.readAll().newestIncidents().values().iterator().next();
      assertThat(open.getState()).isEqualTo(IncidentState.OPEN);
      keep(written, open);
    }
  }

  private static void keep(Path written, Incident open) throws IOException {
    Files.createDirectories(KEPT);
    try (Stream<Path> old = Files.list(KEPT)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    copy(written, KEPT);
    Files.writeString(
        KEPT.resolve("savepoint.properties"),
        "incident=%s%nversion=%d%n".formatted(open.getId(), open.getVersion()));
  }

  /** A savepoint is moved as a directory. */
  private Path elsewhere() throws IOException {
    Path copy = Files.createDirectories(directory.resolve("moved"));
    copy(KEPT, copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private AlertingStage stage(Path savepoint) throws Exception {
    return new AlertingStage(
        cluster.address(), AlertingInput.shipped(), directory.resolve("state"), savepoint);
  }

  private static List<Alert> of(List<Alert> alerts, String rule) {
    return alerts.stream().filter(alert -> alert.getRule().equals(rule)).toList();
  }

  /** What was read before the savepoint was taken. May not change without a new one. */
  private void before() {
    writer
        .send(Topics.RESOURCES, input.resource("endpoint/web", ResourceKind.ENDPOINT, null, "web"))
        .join();
    writer.send(Topics.RULES, input.rule(AlertingInput.QUEUE)).join();
    writer.send(Topics.COMMANDS, silence()).join();
    writer.send(Topics.PROBES, input.probe("mail", 0, Health.UP)).join();
    writer.send(Topics.PROBES, input.probe("web", 0, Health.UP)).join();
    writer.send(Topics.PROBES, input.probe("web", 1, Health.DOWN)).join();
    for (int minute = 0; minute < 5; minute++) {
      writer.send(Topics.MEASUREMENTS, input.queue(60 * minute, 95)).join();
    }
  }

  private void after() {
    writer.send(Topics.MEASUREMENTS, input.queue(300, 95)).join();
    writer
        .send(Topics.COMMANDS, command(CommandKind.UNSILENCE).setSilenceId(SILENCE).build())
        .join();
    for (int second = 300; second < 310; second++) {
      writer.send(Topics.PROBES, input.probe("web", second, Health.UP)).join();
    }
  }

  /** Of the far future, for one that holds now would be over when the next release is made. */
  private static Command silence() {
    Silence silence =
        Silence.newBuilder()
            .setId(SILENCE)
            .setMatchers(List.of(new Matcher("service", "mail", false)))
            .setReason("a test")
            .setBy("ann")
            .setStartsAt(Instant.parse("2098-01-01T00:00:00Z"))
            .setEndsAt(Instant.parse("2098-12-01T00:00:00Z"))
            .build();
    return command(CommandKind.SILENCE).setSilence(silence).build();
  }

  private static Command.Builder command(CommandKind kind) {
    return Command.newBuilder()
        .setId("kept-" + kind)
        .setKind(kind)
        .setBy("ann")
        .setAt(Examples.NOON);
  }
}
