package io.tocsin.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.TickingClock;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTopologyTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path stateDir;

  private TopologyTestDriver driver;
  private TestInputTopic<String, String> samples;
  private TestOutputTopic<String, RefusedCount> refusals;

  /** Refuses all: the key is the resource, the value says agent and reason. */
  private static final class Strict extends ContextualProcessor<String, String, String, Object> {
    private Refusals refusals;

    @Override
    public void init(ProcessorContext<String, Object> context) {
      super.init(context);
      refusals = new Refusals(context, "strict");
    }

    @Override
    public void process(Record<String, String> record) {
      String[] words = record.value().split(" ");
      refusals.count(words[1], words[0].equals("?") ? null : words[0], record.key());
    }
  }

  @BeforeEach
  void open() {
    Cluster cluster = new Cluster("nowhere:1", "mock://" + UUID.randomUUID());
    new SchemaRegistration(cluster).registerAll();
    Topology topology = new Topology();
    topology.addSource("in", new StringDeserializer(), new StringDeserializer(), "in");
    topology.addProcessor(
        "strict", () -> (Processor<String, String, String, Object>) new Strict(), "in");
    RefusalTopology.addTo(topology, cluster, "strict", "strict");
    Properties config = new Properties();
    config.putAll(
        StreamsConfiguration.of(
            cluster,
            StreamsSettings.embedded(),
            stateDir,
            new HandlerContext(cluster, new TickingClock(), new SimpleMeterRegistry())));
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    driver = new TopologyTestDriver(topology, config, NOON);
    samples = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    refusals =
        driver.createOutputTopic(
            Topics.REFUSALS.name(),
            new StringDeserializer(),
            new TopicDeserializer<>(Topics.REFUSALS, cluster));
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void refusalsAreCountedByReasonAndAgent() {
    samples.pipeInput("host/a", "agent-1 late");
    driver.advanceWallClockTime(Duration.ofSeconds(3));
    samples.pipeInput("host/b", "agent-1 late");
    samples.pipeInput("host/b", "agent-1 duplicate");
    samples.pipeInput(null, "? empty");
    assertThat(refusals.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(7));
    List<RefusedCount> counts = refusals.readValuesToList();
    assertThat(counts)
        .extracting(RefusedCount::getReason, RefusedCount::getAgent, RefusedCount::getCount)
        .containsExactlyInAnyOrder(
            tuple("late", "agent-1", 2L),
            tuple("duplicate", "agent-1", 1L),
            tuple("empty", "", 1L));
    assertThat(counts)
        .filteredOn(count -> count.getReason().equals("late"))
        .singleElement()
        .matches(count -> count.getTopology().equals("strict"))
        .matches(count -> count.getLastResourceId().equals("host/b"))
        .matches(count -> count.getLastAt().equals("in-0@1"))
        .matches(count -> count.getFrom().equals(NOON))
        .matches(count -> count.getTo().equals(NOON.plusSeconds(10)));
  }

  @Test
  void countingBeginsAnewAndNothingIsWrittenWhileNothingIsRefused() {
    samples.pipeInput("host/a", "agent-1 late");
    driver.advanceWallClockTime(Duration.ofSeconds(10));
    assertThat(refusals.readValuesToList()).hasSize(1);
    driver.advanceWallClockTime(Duration.ofSeconds(60));
    assertThat(refusals.isEmpty()).isTrue();
    try (var left = driver.getKeyValueStore(RefusalTopology.store("strict")).all()) {
      assertThat(left).isExhausted();
    }
    samples.pipeInput("host/a", "agent-1 late");
    driver.advanceWallClockTime(Duration.ofSeconds(10));
    assertThat(refusals.readValuesToList()).singleElement().matches(count -> count.getCount() == 1);
  }

  @Test
  void moreAgentsThanCanBeNamedAreCountedTogether() {
    for (int agent = 0; agent < RefusalProcessor.MOST + 50; agent++) {
      samples.pipeInput("host/a", "agent-" + agent + " late");
    }
    driver.advanceWallClockTime(Duration.ofSeconds(10));
    List<RefusedCount> counts = refusals.readValuesToList();
    assertThat(counts).hasSize(RefusalProcessor.MOST + 1);
    assertThat(counts)
        .filteredOn(count -> count.getAgent().equals(RefusalProcessor.OTHERS))
        .singleElement()
        .matches(count -> count.getCount() == 50);
  }
}
