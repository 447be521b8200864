package io.tocsin.streams.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.TickingClock;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topologies under Kafka's test driver, with a registry in memory and a clock that is set. */
final class StreamsFixture implements AutoCloseable {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Cluster cluster;
  final TopologyTestDriver driver;
  final TestInputTopic<String, byte[]> raw;
  final TestInputTopic<String, byte[]> rawProbes;
  final TestInputTopic<String, byte[]> rawMeasurements;
  final TestInputTopic<String, byte[]> rawParts;
  final TestOutputTopic<String, Window> windows;
  final TestOutputTopic<String, LatencyWindow> latencies;
  final TestOutputTopic<String, ThroughputWindow> throughputs;
  final TestOutputTopic<String, RefusedCount> refusals;
  final TestOutputTopic<String, Bottleneck> bottlenecks;
  final TestOutputTopic<String, DeadLetter> deadLetters;
  final TestInputTopic<String, byte[]> rawPolicies;
  final TestInputTopic<String, byte[]> rawSecurityEvents;
  final TestOutputTopic<String, Violation> violations;
  final TestOutputTopic<String, ImageFindings> imageFindings;
  final TestOutputTopic<String, SecurityReport> securityReports;
  private final TopicSerializer<Sample> samples;
  private final TopicSerializer<Probe> probes;
  private final TopicSerializer<Measurement> measurements;
  private final TopicSerializer<Policy> policies;
  private final TopicSerializer<SecurityEvent> securityEvents;
  private final TickingClock clock = new TickingClock();

  /** Records that the topologies are told to be waiting in each input partition. */
  long backlog;

  /** Windows that end together are final together: that is easier to follow. */
  private static StreamsSettings embedded() {
    StreamsSettings usual = StreamsSettings.embedded();
    return usual.withWindows(usual.windows().withSpread(Duration.ZERO));
  }

  StreamsFixture(Path stateDir, Instant now) {
    this(stateDir, now, embedded());
  }

  StreamsFixture(Path stateDir, Instant now, StreamsSettings settings) {
    this(stateDir, now, settings, null);
  }

  /** One that asks agents for their seals. */
  StreamsFixture(Path stateDir, Instant now, SealPolicy seal) {
    this(stateDir, now, embedded(), seal);
  }

  private StreamsFixture(Path stateDir, Instant now, StreamsSettings settings, SealPolicy seal) {
    cluster = new Cluster("nowhere:1", "mock://" + UUID.randomUUID(), null, seal);
    clock.set(now);
    new SchemaRegistration(cluster).registerAll();
    Properties config = new Properties();
    config.putAll(
        StreamsConfiguration.of(
            cluster, settings, stateDir, new HandlerContext(cluster, clock, meters)));
    // What a deserialization handler sends is in no committed transaction yet when the driver
    // clears
    // its mock producer, and is lost there (not on a broker).
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    driver =
        new TopologyTestDriver(
            StreamsTopology.build(cluster, settings, (topic, partition) -> backlog, clock, meters),
            config,
            now);
    raw = input(Topics.SAMPLES);
    rawProbes = input(Topics.PROBES);
    rawMeasurements = input(Topics.MEASUREMENTS);
    rawParts = input(Topics.LATENCY_PARTS);
    samples = new TopicSerializer<>(Topics.SAMPLES, cluster);
    probes = new TopicSerializer<>(Topics.PROBES, cluster);
    measurements = new TopicSerializer<>(Topics.MEASUREMENTS, cluster);
    latencies = output(Topics.LATENCIES);
    throughputs = output(Topics.THROUGHPUTS);
    refusals = output(Topics.REFUSALS);
    windows = output(Topics.WINDOWS);
    bottlenecks = output(Topics.BOTTLENECKS);
    deadLetters = output(Topics.DEAD_LETTERS);
    rawPolicies = input(Topics.POLICIES);
    rawSecurityEvents = input(Topics.SECURITY_EVENTS);
    violations = output(Topics.VIOLATIONS);
    imageFindings = output(Topics.IMAGE_FINDINGS);
    securityReports = output(Topics.SECURITY_REPORT);
    policies = new TopicSerializer<>(Topics.POLICIES, cluster);
    securityEvents = new TopicSerializer<>(Topics.SECURITY_EVENTS, cluster);
  }

  private TestInputTopic<String, byte[]> input(Topic<?> topic) {
    return driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
  }

  private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
    return driver.createOutputTopic(
        topic.name(), new StringDeserializer(), new TopicDeserializer<>(topic, cluster));
  }

  /** Time on the wall passes in steps of a second, as the punctuation expects it. */
  void pass(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  Instant now() {
    return clock.instant();
  }

  void send(Sample sample) {
    raw.pipeInput(sample.getResourceId(), samples.serialize(sample));
  }

  /** Sends it with the seal of that agent. */
  void send(Sample sample, AgentKey key) {
    sealed(raw, Topics.SAMPLES, sample.getResourceId(), samples.serialize(sample), key);
  }

  void send(Probe probe, AgentKey key) {
    sealed(rawProbes, Topics.PROBES, probe.getResourceId(), probes.serialize(probe), key);
  }

  void send(SecurityEvent event, AgentKey key) {
    byte[] bytes = securityEvents.serialize(event);
    sealed(rawSecurityEvents, Topics.SECURITY_EVENTS, event.getResourceId(), bytes, key);
  }

  private void sealed(
      TestInputTopic<String, byte[]> input, Topic<?> topic, String id, byte[] bytes, AgentKey by) {
    RecordHeaders headers = new RecordHeaders();
    new Sealer(by).seal(topic.name(), id.getBytes(StandardCharsets.UTF_8), bytes, headers);
    input.pipeInput(new TestRecord<>(id, bytes, headers, clock.instant()));
  }

  void send(Probe probe) {
    rawProbes.pipeInput(probe.getResourceId(), probes.serialize(probe));
  }

  void send(Measurement measurement) {
    rawMeasurements.pipeInput(measurement.getResourceId(), measurements.serialize(measurement));
  }

  byte[] bytes(Probe probe) {
    return probes.serialize(probe);
  }

  void send(Policy policy) {
    rawPolicies.pipeInput(policy.getId(), policies.serialize(policy), clock.instant());
  }

  void send(SecurityEvent event) {
    rawSecurityEvents.pipeInput(
        event.getResourceId(), securityEvents.serialize(event), clock.instant());
  }

  byte[] bytes(Policy policy) {
    return policies.serialize(policy);
  }

  byte[] bytes(Sample sample) {
    return samples.serialize(sample);
  }

  /** Sends each sample when its time has come. */
  void live(List<Sample> inOrder) {
    for (Sample sample : inOrder) {
      pass(Duration.between(clock.instant(), sample.getAt()));
      send(sample);
    }
  }

  /** Final windows of resources; roll-ups are left out. */
  List<Window> finals() {
    List<Window> finals = new ArrayList<>();
    windows.readValuesToList().stream()
        .filter(window -> window.getIsFinal() && window.getMembers() == 0)
        .forEach(finals::add);
    return finals;
  }

  double count(String counter, String reason) {
    var found = meters.find(counter).tag("reason", reason).counter();
    return found == null ? 0 : found.count();
  }

  @Override
  public void close() {
    driver.close();
    samples.close();
    probes.close();
    measurements.close();
    policies.close();
    securityEvents.close();
  }
}
