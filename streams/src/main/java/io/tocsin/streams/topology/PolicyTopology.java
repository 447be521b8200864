package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Policies and security events to violations, image findings and the security report. Both topics
 * have one partition, so one task sees all of both.
 */
public final class PolicyTopology {

  /** Name of the source node of the policies. */
  public static final String POLICIES = "policies";

  /** Name of the source node of the events. */
  public static final String SECURITY_EVENTS = "security-events";

  /** Name of the processor node. */
  public static final String POLICY = "policy";

  /** Name of the sink node of the violations. */
  public static final String VIOLATIONS = "violations";

  /** Name of the sink node of the image findings. */
  public static final String IMAGE_FINDINGS = "image-findings";

  /** Name of the sink node of the report. */
  public static final String SECURITY_REPORT = "security-report";

  /** Name of the store: policy id to policy. */
  public static final String POLICY_STORE = "policy-policies";

  /** Name of the store: place in a ring to the id of an event. */
  public static final String SEEN_STORE = "policy-seen";

  /** Name of the store: image to the event of its newest scan. */
  public static final String SCAN_STORE = "policy-scans";

  /** Name of the store: {@link #REPORT_KEY} to the report. */
  public static final String REPORT_STORE = "policy-report";

  /** The one key of the report. */
  public static final String REPORT_KEY = "report";

  /** When the broker has it: what two topics' records have in common. */
  private static final TimestampExtractor ARRIVAL =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private PolicyTopology() {}

  /** Adds the nodes to a topology. */
  static void addTo(
      Topology topology, Cluster cluster, StreamsSettings settings, MeterRegistry meters) {
    addSource(topology, POLICIES, Topics.POLICIES, cluster);
    addSource(topology, SECURITY_EVENTS, Topics.SECURITY_EVENTS, cluster);
    topology.addProcessor(POLICY, supplier(cluster, settings, meters), POLICIES, SECURITY_EVENTS);
    addSink(topology, VIOLATIONS, Topics.VIOLATIONS, cluster);
    addSink(topology, IMAGE_FINDINGS, Topics.IMAGE_FINDINGS, cluster);
    addSink(topology, SECURITY_REPORT, Topics.SECURITY_REPORT, cluster);
  }

  /** The report as it stands at this moment; empty while there is none, or its store is moving. */
  static Optional<SecurityReport> report(KafkaStreams streams) {
    try {
      return Optional.ofNullable(
          streams
              .store(
                  StoreQueryParameters.fromNameAndType(
                      REPORT_STORE, QueryableStoreTypes.<String, SecurityReport>keyValueStore()))
              .get(REPORT_KEY));
    } catch (InvalidStateStoreException moving) {
      return Optional.empty();
    }
  }

  private static <V extends SpecificRecord> void addSource(
      Topology topology, String name, Topic<V> topic, Cluster cluster) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        ARRIVAL,
        new StringDeserializer(),
        PerThreadSerde.source(topic, cluster),
        topic.name());
  }

  private static <V extends SpecificRecord> void addSink(
      Topology topology, String name, Topic<V> topic, Cluster cluster) {
    topology.addSink(
        name,
        topic.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(topic, cluster),
        POLICY);
  }

  private static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      Cluster cluster, StreamsSettings settings, MeterRegistry meters) {
    StoreBuilder<KeyValueStore<String, Policy>> policies =
        store(POLICY_STORE, serde(Topics.POLICIES, cluster));
    StoreBuilder<KeyValueStore<String, SecurityEvent>> scans =
        store(SCAN_STORE, serde(Topics.SECURITY_EVENTS, cluster));
    StoreBuilder<KeyValueStore<String, SecurityReport>> reports =
        store(REPORT_STORE, serde(Topics.SECURITY_REPORT, cluster));
    StoreBuilder<KeyValueStore<String, String>> seen = store(SEEN_STORE, Serdes.String());
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new PolicyProcessor(settings.policy(), meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(policies, scans, reports, seen);
      }
    };
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), values);
  }

  /** State in the form of its topic: the registry knows the schema it was written with. */
  private static <V extends SpecificRecord> Serde<V> serde(Topic<V> topic, Cluster cluster) {
    return Serdes.serdeFrom(
        PerThreadSerde.serializer(topic, cluster), PerThreadSerde.deserializer(topic, cluster));
  }
}
