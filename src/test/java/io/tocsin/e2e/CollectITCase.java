package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent alone, as a process of its own, against a broker that is away, comes, and stays. */
class CollectITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void oneReadingIsPrintedAndNothingSent() throws Exception {
    try (TocsinProcess once =
        TocsinProcess.startAgent(directory, "collect", "--once", "--print", "--json")) {
      assertThat(once.exitCode(PATIENCE)).as(once::report).isZero();
      JsonNode records = new ObjectMapper().readTree(once.output()).path("records");
      assertThat(records.findValuesAsText("topic")).contains("tocsin.resources", "tocsin.samples");
      assertThat(records.findValuesAsText("resourceId")).allMatch(id -> id.startsWith("host/"));
      assertThat(once.errors()).isEmpty();
    }
  }

  @Test
  void withoutAClusterItSaysWhatToWrite() throws Exception {
    try (TocsinProcess refused = TocsinProcess.startAgent(directory, "collect")) {
      assertThat(refused.exitCode(PATIENCE)).isEqualTo(3);
      assertThat(refused.errors().lines().toList()).hasSize(1);
      assertThat(refused.errors()).contains("cluster: is missing", "bootstrap-servers", "--once");
    }
  }

  @Test
  void nothingIsLostWhileTheBrokerIsAwayNorByACrash() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    installation.configure("agent: {id: pipeline}");
    Path file = agentFile(installation, "");
    Map<String, TreeSet<Long>> arrived = new TreeMap<>();

    try (TocsinProcess first = collect(file)) {
      await().atMost(PATIENCE).until(() -> first.output().contains("collecting as agent-1"));
      long empty = spooled();
      await("records pile up with nobody to send to")
          .atMost(PATIENCE)
          .until(() -> spooled() > empty + 8_192);
      first.kill();
    }
    try (TocsinProcess second = collect(file);
        TocsinProcess pipeline = installation.up();
        TopicReader reader =
            TopicReader.fromBeginning(
                installation.cluster(),
                "test",
                Clock.systemUTC(),
                Set.of(Topics.SAMPLES, Topics.PROBES, Topics.MEASUREMENTS))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                read(reader, arrived);
                assertThat(arrived).as("boots of the agent").hasSize(2);
                assertThat(arrived.values()).allMatch(sequences -> sequences.size() >= 5);
                assertThat(arrived.values()).allMatch(CollectITCase::hasNoGap);
              });

      agentFile(installation, "network: {paths: [{id: way, tcp: {host: 127.0.0.1, port: 1}}]}");
      second.hangUp();
      await().atMost(PATIENCE).until(() -> second.output().contains("reloaded: "));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(read(reader, arrived)).anyMatch(id -> id.equals("endpoint/way")));
      Files.writeString(file, "collectors: {host: {interval: soon}}");
      second.hangUp();
      await()
          .atMost(PATIENCE)
          .until(() -> second.output().contains("collectors.host.interval: is not a duration"));
      assertThat(second.output()).contains("not reloaded");

      second.stop();
      assertThat(second.exitCode(PATIENCE)).isZero();
      assertThat(second.output()).contains("0 left in the spool, 0 dropped");
      // One look may see the end of one topic and not yet that of another.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                read(reader, arrived);
                assertThat(arrived.values()).allMatch(CollectITCase::hasNoGap);
              });
      assertThat(pipeline.isAlive()).isTrue();
    }
  }

  private long spooled() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("agent-data/agent/spool"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private TocsinProcess collect(Path file) throws Exception {
    return TocsinProcess.startAgent(directory, "collect", "--config", file.toString());
  }

  private Path agentFile(TestInstallation installation, String collectors) throws Exception {
    return Files.writeString(
        directory.resolve("agent.yaml"),
        """
        data-dir: %s
        agent: {id: agent-1}
        cluster: {bootstrap-servers: "%s", registry: "%s"}
        collectors: {%s}
        checks:
          - {id: nobody, service: nobody, tcp: {host: 127.0.0.1, port: 1}}
        """
            .formatted(
                directory.resolve("agent-data"),
                installation.cluster().bootstrapServers(),
                installation.cluster().registryUrl(),
                collectors));
  }

  /** Takes what has come: sequences by boot of our agent. Returns the resources it speaks of. */
  private static List<String> read(TopicReader reader, Map<String, TreeSet<Long>> arrived) {
    List<String> resources = new ArrayList<>();
    for (Received<?> received : reader.poll(Duration.ofMillis(500))) {
      Origin origin = null;
      if (received.value() instanceof Sample sample) {
        origin = sample.getOrigin();
        resources.add(sample.getResourceId());
      } else if (received.value() instanceof Probe probe) {
        origin = probe.getOrigin();
        resources.add(probe.getResourceId());
      } else if (received.value() instanceof Measurement measurement) {
        origin = measurement.getOrigin();
        resources.add(measurement.getResourceId());
      }
      if (origin != null && origin.getAgent().equals("agent-1")) {
        arrived
            .computeIfAbsent(origin.getBootId(), boot -> new TreeSet<>())
            .add(origin.getSequence());
      }
    }
    return resources;
  }

  private static boolean hasNoGap(TreeSet<Long> sequences) {
    long[] all = sequences.stream().mapToLong(Long::longValue).toArray();
    return all[0] == 0 && all[all.length - 1] == all.length - 1;
  }
}
