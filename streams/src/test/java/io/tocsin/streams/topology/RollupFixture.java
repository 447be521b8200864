package io.tocsin.streams.topology;

import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.TickingClock;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.rollup.RollupSettings;
import io.tocsin.streams.window.Part;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The roll-up's topology below a source of parts, under Kafka's test driver. */
final class RollupFixture implements AutoCloseable {

  private static final String SOURCE = "test-parts";

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Cluster cluster = new Cluster("nowhere:1", "mock://" + UUID.randomUUID());
  final TopologyTestDriver driver;
  final TestInputTopic<String, byte[]> inventory;
  final TestOutputTopic<String, Window> windows;
  final TestOutputTopic<String, ThroughputWindow> throughputs;
  final TestOutputTopic<String, RefusedCount> refusals;

  /** Parts go through the driver by their number, for they have no bytes of their own. */
  private final List<Part> parts = new ArrayList<>();

  private final TestInputTopic<String, Part> source;
  private final TickingClock clock = new TickingClock();

  RollupFixture(Path stateDir, Instant now) {
    clock.set(now);
    new SchemaRegistration(cluster).registerAll();
    StreamsSettings settings = StreamsSettings.embedded();
    Topology topology = new Topology();
    topology.addSource(
        SOURCE,
        new StringDeserializer(),
        (topic, bytes) -> parts.get(ByteBuffer.wrap(bytes).getInt()),
        SOURCE);
    InventoryTopology.addTo(topology, cluster, meters);
    RollupTopology.addTo(
        topology,
        cluster,
        RollupSettings.of(settings.windows().withSpread(Duration.ZERO)),
        meters,
        SOURCE);
    Properties config = new Properties();
    config.putAll(
        StreamsConfiguration.of(
            cluster, settings, stateDir, new HandlerContext(cluster, clock, meters)));
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    driver = new TopologyTestDriver(topology, config, now);
    source =
        driver.createInputTopic(
            SOURCE,
            new StringSerializer(),
            (topic, part) -> {
              parts.add(part);
              return ByteBuffer.allocate(Integer.BYTES).putInt(parts.size() - 1).array();
            });
    inventory =
        driver.createInputTopic(
            Topics.RESOURCES.name(), new StringSerializer(), new ByteArraySerializer());
    windows = output(Topics.WINDOWS);
    throughputs = output(Topics.THROUGHPUTS);
    refusals = output(Topics.REFUSALS);
  }

  private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
    return driver.createOutputTopic(
        topic.name(), new StringDeserializer(), new TopicDeserializer<>(topic, cluster));
  }

  void send(Part part) {
    source.pipeInput(part.subject().resourceId(), part, part.latestAt());
  }

  void runsOn(String id, ResourceKind kind, String parent) {
    Resource resource =
        Resource.newBuilder()
            .setId(id)
            .setKind(kind)
            .setName(id)
            .setParent(parent)
            .setUpdatedAt(clock.instant())
            .build();
    try (TopicSerializer<Resource> serializer = new TopicSerializer<>(Topics.RESOURCES, cluster)) {
      inventory.pipeInput(id, serializer.serialize(resource));
    }
  }

  /** Time on the wall passes in steps of a second, as the punctuations expect it. */
  void pass(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  /** At once. */
  void leap(Duration duration) {
    clock.advance(duration);
    driver.advanceWallClockTime(duration);
  }

  List<Window> finals() {
    return windows.readValuesToList().stream().filter(Window::getIsFinal).collect(toList());
  }

  List<Window> finals(String id, long sizeMs) {
    return finals().stream()
        .filter(window -> window.getResourceId().equals(id) && window.getSizeMs() == sizeMs)
        .collect(toList());
  }

  int rows(String store) {
    int rows = 0;
    try (KeyValueIterator<Object, Object> all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        KeyValue<Object, Object> row = all.next();
        rows += row.value == null ? 0 : 1;
      }
    }
    return rows;
  }

  double count(String counter, String reason) {
    var found = meters.find(counter).tag("reason", reason).counter();
    return found == null ? 0 : found.count();
  }

  @Override
  public void close() {
    driver.close();
  }
}
