package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real broker, a real agent and real streams: who speaks in another's name is refused, kept and
 * counted, and nothing of it is in a window.
 */
class SealedAgentsITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String OLD = "the-secret-before-the-rotation-0";

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static Path fleet;

  private final Set<String> windows = new TreeSet<>();
  private final List<DeadLetter> letters = new ArrayList<>();

  @BeforeAll
  static void prepare() throws Exception {
    cluster = new TestCluster(directory.resolve("cluster"));
    fleet = directory.resolve("fleet.secret");
    tocsin("agents", "keygen", "--out", fleet.toString());
    SecretFile.create(directory.resolve("old.secret"), OLD);
    enrol("web-1");
    enrol("web-9");
    tocsin("streams", "--config", streamsFile().toString(), "--create-topics");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static void tocsin(String... arguments) throws Exception {
    try (TocsinProcess done = TocsinProcess.start(directory, arguments)) {
      assertThat(done.exitCode(PATIENCE)).as(done::report).isZero();
    }
  }

  private static void enrol(String agent) throws Exception {
    tocsin(
        "agents",
        "enrol",
        "--id",
        agent,
        "--secret",
        fleet.toString(),
        "--out",
        key(agent).toString());
  }

  private static Path key(String agent) {
    return directory.resolve(agent + ".key");
  }

  private static Path streamsFile() throws IOException {
    return Files.writeString(
        directory.resolve("streams.yaml"),
        """
        data-dir: %s
        cluster:
          bootstrap-servers: "%s"
          registry: "%s"
          seal: {mode: enforce, secret: {file: %s}, previous: {file: %s}}
        streams: {instance-id: sealed, threads: 1, replication-factor: 1, http: {port: %d}}
        """
            .formatted(
                directory.resolve("streams"),
                cluster.address().bootstrapServers(),
                cluster.address().registryUrl(),
                fleet,
                directory.resolve("old.secret"),
                TestInstallation.freePorts(1).get(0)));
  }

  private static Path agentFile(String agent, String key) throws IOException {
    return Files.writeString(
        directory.resolve(agent + ".yaml"),
        """
        data-dir: %s
        agent: {id: %s, seal: {file: %s}}
        cluster: {bootstrap-servers: "%s", registry: "%s"}
        """
            .formatted(
                directory.resolve(agent),
                agent,
                key(key),
                cluster.address().bootstrapServers(),
                cluster.address().registryUrl()));
  }

  private static Sample sample(String agent, String host, long sequence) {
    return Sample.newBuilder()
        .setResourceId(host)
        .setKind(ResourceKind.HOST)
        .setOrigin(new Origin(agent, "boot", sequence))
        .setAt(Instant.now())
        .build();
  }

  /** What a principal that may write samples could try. */
  private static void attack(Cluster address) throws Exception {
    AgentKey web9 = AgentKey.parse(SecretRef.in(key("web-9")).read());
    Sealer before = new Sealer(new FleetSecret(OLD).keyOf("web-8"));
    try (TopicWriter stranger = new TopicWriter(address, "stranger");
        TopicWriter liar = new TopicWriter(address, "liar", new Sealer(web9));
        TopicWriter late = new TopicWriter(address, "late", before)) {
      for (int i = 0; i < 20; i++) {
        stranger.send(Topics.SAMPLES, sample("db-1", "host/db-1", i)).join();
        liar.send(Topics.SAMPLES, sample("db-2", "host/db-2", i)).join();
        liar.send(Topics.SAMPLES, sample("web-9", "host/db-3", i)).join();
        late.send(Topics.SAMPLES, sample("web-8", "host/web-8", i)).join();
        Thread.sleep(100);
      }
      liar.remove(Topics.RESOURCES, "host/web-1").join();
    }
  }

  @Test
  void nothingThatIsSaidInAnothersNameIsInAWindow() throws Exception {
    Cluster address = cluster.address();
    try (TocsinProcess streams =
            TocsinProcess.start(
                directory, "streams", "--config", directory.resolve("streams.yaml").toString());
        TocsinProcess agent =
            TocsinProcess.startAgent(
                directory, "collect", "--config", agentFile("web-1", "web-1").toString());
        TopicReader reader =
            TopicReader.fromBeginning(
                address, "test", Clock.systemUTC(), Set.of(Topics.WINDOWS, Topics.DEAD_LETTERS))) {
      attack(address);

      await("the attacks are kept, and what is genuine is in windows")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(streams.isAlive()).as(streams::report).isTrue())
          .failFast(() -> assertThat(agent.isAlive()).as(agent::report).isTrue())
          .untilAsserted(
              () -> {
                read(reader);
                assertThat(windows).contains("host/web-1", "host/web-8");
                assertThat(letters).hasSize(60);
              });
      assertThat(windows).doesNotContain("host/db-1", "host/db-2", "host/db-3");
      assertThat(letters)
          .extracting(DeadLetter::getReason)
          .allMatch(
              reason ->
                  reason.startsWith("it has no seal")
                      || reason.startsWith("agent web-9 sealed it")
                      || reason.startsWith("agent web-9 speaks of host/db-3"));
      await("the removal is refused where there are no dead letters")
          .atMost(PATIENCE)
          .ignoreExceptions() // the stage makes and removes files below the same directory
          .until(() -> logs().contains("agent web-9 speaks of host/web-1"));
    }
  }

  @Test
  void anAgentWithTheKeyOfAnotherSaysSoAndDoesNotStart() throws Exception {
    Path file = agentFile("web-2", "web-9");
    try (TocsinProcess refused =
        TocsinProcess.startAgent(directory, "collect", "--config", file.toString())) {
      assertThat(refused.exitCode(PATIENCE)).as(refused::report).isEqualTo(3);
      assertThat(refused.errors())
          .contains("holds the key of agent web-9, and this is agent web-2", "tocsin agents enrol");
    }
  }

  private void read(TopicReader reader) {
    reader
        .poll(Duration.ofMillis(200))
        .forEach(
            received -> {
              received.as(Topics.WINDOWS).map(Window::getResourceId).ifPresent(windows::add);
              received.as(Topics.DEAD_LETTERS).ifPresent(letters::add);
            });
  }

  private static String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(directory.resolve("streams"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        all.append(Files.readString(log));
      }
    }
    return all.toString();
  }
}
