package io.tocsin.e2e;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that is none is put on every topic that a stage reads. */
class DeadLetterITCase {

  private static final byte[] CORRUPT = "not a record".getBytes(StandardCharsets.UTF_8);

  /** Who reads what. */
  private static final Map<Topic<?>, Set<String>> READERS =
      Map.ofEntries(
          entry(Topics.SAMPLES, Set.of("streams")),
          entry(Topics.PROBES, Set.of("streams", "alerting", "responder", "server")),
          entry(Topics.MEASUREMENTS, Set.of("streams", "alerting", "recorder", "server")),
          entry(Topics.LATENCY_PARTS, Set.of("streams")),
          entry(Topics.SECURITY_EVENTS, Set.of("streams", "alerting")),
          entry(Topics.LATENCIES, Set.of("alerting", "recorder", "server")),
          entry(Topics.THROUGHPUTS, Set.of("alerting", "recorder", "server")),
          entry(Topics.VIOLATIONS, Set.of("alerting", "recorder", "server")),
          entry(Topics.IMAGE_FINDINGS, Set.of("alerting", "server")),
          entry(Topics.BOTTLENECKS, Set.of("alerting", "recorder", "server")),
          entry(Topics.WINDOWS, Set.of("alerting", "recorder", "server")),
          entry(Topics.RULES, Set.of("alerting", "server")),
          entry(Topics.RULE_STATUS, Set.of("server")),
          entry(Topics.SHADOW_REPORTS, Set.of("server")),
          entry(Topics.ALERTS, Set.of("responder", "server")),
          entry(Topics.SILENCES, Set.of("responder", "server")),
          entry(Topics.COMMANDS, Set.of("alerting", "responder", "server")),
          entry(Topics.HEAL_PLANS, Set.of("responder")),
          entry(Topics.HEAL_RESULTS, Set.of("alerting", "recorder", "server")),
          entry(Topics.INCIDENTS, Set.of("notifier", "recorder", "server")),
          entry(Topics.NOTIFICATIONS, Set.of("notifier")),
          entry(Topics.DELIVERIES, Set.of("recorder", "server")),
          entry(Topics.INCIDENT_EVENTS, Set.of("recorder", "server")),
          entry(Topics.RESOURCES, Set.of("alerting", "responder", "server")),
          entry(Topics.EXTERNAL_ALERTS, Set.of("alerting")),
          entry(Topics.POLICIES, Set.of("streams", "server")),
          entry(Topics.ACCESS, Set.of("server")));

  @TempDir Path directory;
  private TestInstallation installation;

  @Test
  void everyStageKeepsWhatItCannotReadWithReasonAndOriginAndGoesOn() throws Exception {
    installation = new TestInstallation(directory);
    installation.configure("");
    try (TocsinProcess pipeline = installation.up()) {
      Map<String, RecordMetadata> poisoned = poisonEveryTopic();
      Map<String, Set<String>> stages = new HashMap<>();
      try (TopicReader reader =
          TopicReader.fromBeginning(
              installation.cluster(), "test", Clock.systemUTC(), Set.of(Topics.DEAD_LETTERS))) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () -> {
                  reader.poll(Duration.ofMillis(200)).stream()
                      .flatMap(received -> received.as(Topics.DEAD_LETTERS).stream())
                      .forEach(letter -> check(letter, poisoned, stages));
                  assertThat(stages).isEqualTo(expected());
                });
      }
      assertGoodRecordsFlow();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(installation.text("/metrics"))
                      .contains("tocsin_alerting_dead_letters_total{topic=\"tocsin.probes\"} 1.0"));
      await().atMost(Duration.ofSeconds(60)).untilAsserted(this::assertThePageOfThePipelineTells);
      assertThat(pipeline.isAlive()).isTrue();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> installation.get("/health/ready").path("ready").asBoolean());
    }
  }

  private static void check(
      DeadLetter letter, Map<String, RecordMetadata> poisoned, Map<String, Set<String>> stages) {
    RecordMetadata origin = poisoned.get(letter.getTopic());
    assertThat(letter.getPartition()).isEqualTo(origin.partition());
    assertThat(letter.getOffset()).isEqualTo(origin.offset());
    assertThat(letter.getReason()).contains("not in the Confluent wire format");
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(CORRUPT));
    stages.computeIfAbsent(letter.getTopic(), topic -> new TreeSet<>()).add(letter.getStage());
  }

  private static Map<String, Set<String>> expected() {
    Map<String, Set<String>> expected = new HashMap<>();
    READERS.forEach((topic, stages) -> expected.put(topic.name(), new TreeSet<>(stages)));
    return expected;
  }

  private Map<String, RecordMetadata> poisonEveryTopic() throws Exception {
    Map<String, RecordMetadata> poisoned = new LinkedHashMap<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", installation.cluster().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Topic<?> topic : READERS.keySet()) {
        byte[] key = "host/corrupt".getBytes(StandardCharsets.UTF_8);
        poisoned.put(
            topic.name(), producer.send(new ProducerRecord<>(topic.name(), key, CORRUPT)).get());
      }
    }
    return poisoned;
  }

  private void assertThePageOfThePipelineTells() throws Exception {
    JsonNode page = installation.get("/api/v1/pipeline");
    assertThat(page.path("deadLetters").findValuesAsText("reason"))
        .isNotEmpty()
        .allMatch(reason -> reason.contains("not in the Confluent wire format"));
    assertThat(page.path("lagProblem").isNull()).isTrue();
    assertThat(page.path("lag").findValuesAsText("group")).contains("tocsin-recorder");
    assertThat(installation.get("/api/v1/audit/verify").path("holds").asBoolean()).isTrue();
  }

  /** Samples become windows, and windows reach the API: all of it after the poison. */
  private void assertGoodRecordsFlow() throws Exception {
    List<String> before = windowTimes();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(windowTimes()).isNotEmpty().isNotEqualTo(before));
  }

  private List<String> windowTimes() throws Exception {
    return installation.get("/api/v1/resources").findValuesAsText("latestAt");
  }
}
