package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.Aggregate;
import io.tocsin.history.Backup;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.JobPlace;
import io.tocsin.history.Recorder;
import io.tocsin.history.Selector;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Back up, lose everything, restore: the same answers. */
@Timeout(300)
class BackupITCase {

  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
  private static final String HOSTILE = "vm/a,b = \"c\" \\ é";

  @TempDir Path temp;

  private EmbeddedQuestDb store(String name) throws Exception {
    DataDirectory data = new DataDirectory(temp.resolve(name));
    data.create();
    EmbeddedQuestDb store = new EmbeddedQuestDb(data, Ports.free());
    store.start();
    return store;
  }

  private static HistoryAddress place(EmbeddedQuestDb store) throws HistoryException {
    HistoryAddress place =
        new HistoryAddress(
            store.address(),
            store.authorization(),
            store.jdbcUrl(),
            EmbeddedQuestDb.USER,
            store.password());
    place.prepare();
    return place;
  }

  private static void prepare(TestCluster cluster) throws InterruptedException {
    new SchemaRegistration(cluster.address()).registerAll();
    new TopicCreation(cluster.address(), (short) 1).createMissing();
  }

  private static List<String> history(HistoryAddress place) {
    List<String> rows = new ArrayList<>();
    try (HistoryStore store = place.open()) {
      store.read(
          HistoryQuery.of(
              List.of("cpu_percent", "cores"),
              Selector.all(),
              START,
              START.plus(Duration.ofHours(1)),
              Duration.ofSeconds(10),
              Aggregate.MAX),
          row -> rows.add(row.at() + row.resource() + Arrays.toString(row.values())));
    } catch (HistoryException notYet) {
      return List.of(notYet.getMessage());
    }
    return rows;
  }

  private static <V extends SpecificRecord> List<V> state(TestCluster cluster, Topic<V> topic) {
    List<V> values = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster.address(), "test", Clock.systemUTC(), Set.of(topic))) {
      do {
        for (Received<?> record : reader.poll(Duration.ofMillis(300))) {
          record.as(topic).ifPresent(values::add);
        }
      } while (reader.lag() > 0);
    }
    return values;
  }

  @Test
  void aRestoredInstallationGivesTheSameAnswers() throws Exception {
    Path backup = temp.resolve("backup");
    List<String> rows;
    List<Resource> resources;
    List<RuleText> rules;
    try (TestCluster cluster = new TestCluster(temp.resolve("first"))) {
      prepare(cluster);
      EmbeddedQuestDb store = store("first-store");
      HistoryAddress place = place(store);
      fill(cluster, place);
      new Backup(cluster.address(), place, new JobPlace.None(), Clock.systemUTC())
          .write(backup, line -> {});
      rows = history(place);
      resources = state(cluster, Topics.RESOURCES);
      rules = state(cluster, Topics.RULES);
      store.close();
    }
    assertThat(rows).hasSize(400);
    try (TestCluster cluster = new TestCluster(temp.resolve("second"))) {
      prepare(cluster);
      EmbeddedQuestDb store = store("second-store");
      HistoryAddress place = place(store);
      Backup again = new Backup(cluster.address(), place, new JobPlace.None(), Clock.systemUTC());
      // An earlier restore got so far and was interrupted.
      try (TopicWriter writer = new TopicWriter(cluster.address(), "test")) {
        writer.send(Topics.RESOURCES, resource("host/a")).join();
        writer.send(Topics.INCIDENT_EVENTS, event(1)).join();
      }
      again.restore(backup, line -> {});
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(history(place)).isEqualTo(rows));
      assertThat(state(cluster, Topics.RESOURCES)).isEqualTo(resources).isNotEmpty();
      // of a table's key the newest record alone
      assertThat(state(cluster, Topics.RULES)).isEqualTo(rules.subList(1, 2));
      assertThat(state(cluster, Topics.INCIDENT_EVENTS)).containsExactly(event(1), event(2));
      assertThat(state(cluster, Topics.INCIDENTS))
          .as("without alerting's state nobody would end it")
          .extracting(Incident::getState, Incident::getVersion)
          .containsExactly(tuple(IncidentState.RESOLVED, 3));
      assertThat(state(cluster, Topics.ACCESS))
          .as("a session is no token")
          .extracting(AccessToken::getId)
          .containsExactly("token");

      again.restore(backup, line -> {});
      assertThat(state(cluster, Topics.INCIDENT_EVENTS)).hasSize(2);
      assertThat(history(place)).isEqualTo(rows);

      assertThatThrownBy(() -> again.write(backup, line -> {}))
          .hasMessageContaining("is there already");
      Path intact = copy(backup);
      Path file = backup.resolve("history-windows.line.gz");
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
      assertThatThrownBy(() -> again.restore(backup, line -> {}))
          .hasMessageContaining("history-windows.line.gz")
          .hasMessageContaining("nothing was restored");
      again.restoreHistory(intact, line -> {});
      try (TopicWriter writer = new TopicWriter(cluster.address(), "test")) {
        writer.send(Topics.COMMANDS, command()).join();
      }
      assertThatThrownBy(() -> again.restore(intact, line -> {}))
          .hasMessageContaining("tocsin.commands has records that are not of this backup")
          .hasMessageContaining("Nothing was restored");
      Files.delete(backup.resolve("manifest.json"));
      assertThatThrownBy(() -> again.restore(backup, line -> {}))
          .hasMessageContaining("is no backup");
      store.close();
    }
  }

  private static Window window(int each) {
    Instant at = START.plusSeconds(10L * (each / 2));
    return Window.newBuilder()
        .setResourceId(each % 2 == 0 ? "host/a" : HOSTILE)
        .setKind(ResourceKind.VM)
        .setStartsAt(at)
        .setEndsAt(at.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(at)
        .setIsFinal(true)
        .setIntervals(10)
        .setCores(1.5)
        .setFilesystemName("/a \"quoted\" \\ place")
        .setCpuPercent(new Figure(each / 7.0, each / 3.0, 10.0, 20.0, 20.0))
        .build();
  }

  private Path copy(Path backup) throws IOException {
    Path copy = Files.createDirectory(temp.resolve("copy"));
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static Command command() {
    return Command.newBuilder()
        .setId("c")
        .setKind(CommandKind.NOTE)
        .setBy("ann")
        .setAt(START)
        .build();
  }

  private static AccessToken access(String id, AccessKind kind) {
    return AccessToken.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName("kim")
        .setRole(AccessRole.VIEWER)
        .setHash("h")
        .setCreatedAt(START)
        .setCreatedBy("ann")
        .setExpiresAt(START.plus(Duration.ofDays(30)))
        .build();
  }

  private static Incident incident(int version) {
    return Incident.newBuilder()
        .setId("i1")
        .setRule("r")
        .setResourceId("host/a")
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P1)
        .setPriorityReason("test")
        .setSummary("test")
        .setStartedAt(START)
        .setOpenedAt(START)
        .setUpdatedAt(START)
        .setDueAt(START)
        .setVersion(version)
        .build();
  }

  private static Resource resource(String id) {
    return Resource.newBuilder()
        .setId(id)
        .setName("a")
        .setKind(ResourceKind.HOST)
        .setService("shop")
        .setUpdatedAt(START)
        .build();
  }

  private static RuleText rule(String text) {
    return new RuleText("r", text, text, "rules.yaml", 1, "config", START);
  }

  private static IncidentEvent event(int version) {
    return IncidentEvent.newBuilder()
        .setIncidentId("i1")
        .setVersion(version)
        .setAt(START)
        .setKind(IncidentEventKind.OPENED)
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P1)
        .setCause("test")
        .build();
  }

  private static void fill(TestCluster cluster, HistoryAddress place) {
    try (TopicWriter writer = new TopicWriter(cluster.address(), "test");
        Recorder recorder =
            new Recorder(cluster.address(), place, Clock.systemUTC(), new SimpleMeterRegistry())) {
      for (int each = 0; each < 400; each++) {
        writer.send(Topics.WINDOWS, window(each));
      }
      writer.send(Topics.RESOURCES, resource("host/a"));
      writer.send(Topics.RESOURCES, resource("host/b"));
      writer.send(Topics.RULES, rule("before"));
      writer.send(Topics.RULES, rule("after"));
      writer.send(Topics.INCIDENT_EVENTS, event(1));
      writer.send(Topics.INCIDENT_EVENTS, event(2));
      writer.send(Topics.INCIDENTS, incident(1));
      writer.send(Topics.INCIDENTS, incident(2));
      writer.send(Topics.ACCESS, access("session", AccessKind.SESSION));
      writer.send(Topics.ACCESS, access("token", AccessKind.TOKEN));
      writer.flush();
      recorder.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> history(place).size() == 400);
    }
  }
}
