package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.latency.FrameCodec;
import io.tocsin.streams.latency.LatencyCodec;
import io.tocsin.streams.latency.Series;
import io.tocsin.streams.latency.ServicePart;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Probes and measurements to latency windows, and to requests per second. Both are keyed by
 * resource already. Only what services' roll-ups are made of crosses a topic: parts of ten seconds,
 * gathered for a second in each task.
 */
public final class LatencyTopology {

  /** Name of the processor node of resources. */
  public static final String LATENCY = "latency";

  /** Name of the sink node of resources' latencies. */
  public static final String LATENCIES = "latencies";

  /** Name of the sink node of resources' requests per second. */
  public static final String REQUESTS = "requests";

  /** Name of the processor node that gathers parts. */
  public static final String PARTS = "latency-parts";

  /** Name of the processor node of services. */
  public static final String SERVICES = "service-latency";

  /** Name of the sink node of services' latencies. */
  public static final String SERVICE_LATENCIES = "service-latencies";

  /** Name of the sink node of services' requests per second. */
  public static final String SERVICE_REQUESTS = "service-requests";

  /** Name of the store: resource id to its event time and open windows. */
  public static final String STORE = "latency-state";

  /** Name of the store: resource id and series to the readings that wait. */
  public static final String SERIES_STORE = "latency-series";

  /** Name of the store: parts that wait for up to a second. */
  public static final String PARTS_STORE = "latency-parts-state";

  /** Name of the store: service, source and 5 min to the parts that have come. */
  public static final String SERVICES_STORE = "service-latency-state";

  /** Name of the store: service and source to the event time up to which all is final for good. */
  public static final String CLOSED_STORE = "service-latency-closed";

  private static final String PROBES = "probes";
  private static final String MEASUREMENTS = "measurements";
  private static final String PARTS_SINK = "latency-parts-sink";
  private static final String PARTS_SOURCE = "latency-parts-source";

  private LatencyTopology() {}

  /** Adds the nodes to a topology. */
  static void addTo(
      Topology topology,
      Cluster cluster,
      StreamsSettings settings,
      Backlog backlog,
      Clock clock,
      MeterRegistry meters) {
    Counter skewed =
        Counter.builder("tocsin.streams.latency.skewed")
            .description("readings from the future, counted at the time of their arrival")
            .tag("reason", "ahead")
            .register(meters);
    source(topology, cluster, PROBES, Topics.PROBES, new ClampedTime(clock, claim(), skewed));
    source(
        topology,
        cluster,
        MEASUREMENTS,
        Topics.MEASUREMENTS,
        new ClampedTime(clock, claim(), skewed));
    topology.addProcessor(
        LATENCY,
        supplier(
            () -> new LatencyProcessor(settings.windows(), backlog, meters),
            store(STORE, StateSerde.of(LatencyCodec::encode, LatencyCodec::decode)),
            store(SERIES_STORE, StateSerde.of(Series::encode, Series::decode))),
        PROBES,
        MEASUREMENTS);
    sink(topology, cluster, LATENCIES, Topics.LATENCIES, LATENCY);
    sink(topology, cluster, REQUESTS, Topics.THROUGHPUTS, LATENCY);
    topology.addProcessor(
        PARTS,
        supplier(
            LatencyPartsProcessor::new,
            store(PARTS_STORE, StateSerde.of(ServicePart::encode, ServicePart::decode))),
        LATENCY);
    sink(topology, cluster, PARTS_SINK, Topics.LATENCY_PARTS, PARTS);
    addServicesTo(topology, cluster, settings, meters);
  }

  private static void addServicesTo(
      Topology topology, Cluster cluster, StreamsSettings settings, MeterRegistry meters) {
    source(
        topology,
        cluster,
        PARTS_SOURCE,
        Topics.LATENCY_PARTS,
        new UsePartitionTimeOnInvalidTimestamp());
    topology.addProcessor(
        SERVICES,
        supplier(
            () -> new ServiceLatencyProcessor(settings.windows(), meters),
            store(SERVICES_STORE, StateSerde.of(FrameCodec::encode, FrameCodec::decode)),
            store(CLOSED_STORE, Serdes.Long())),
        PARTS_SOURCE);
    sink(topology, cluster, SERVICE_LATENCIES, Topics.LATENCIES, SERVICES);
    sink(topology, cluster, SERVICE_REQUESTS, Topics.THROUGHPUTS, SERVICES);
  }

  private static Function<Object, Instant> claim() {
    return value -> {
      if (value instanceof Probe probe) {
        return probe.getAt();
      }
      return value instanceof Measurement measurement ? measurement.getAt() : null;
    };
  }

  private static void source(
      Topology topology, Cluster cluster, String name, Topic<?> topic, TimestampExtractor time) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        time,
        new StringDeserializer(),
        PerThreadSerde.source(topic, cluster),
        topic.name());
  }

  private static <V extends SpecificRecord> void sink(
      Topology topology, Cluster cluster, String name, Topic<V> topic, String parent) {
    topology.addSink(
        name,
        topic.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(topic, cluster),
        parent);
  }

  private static <V> StoreBuilder<?> store(String name, Serde<V> serde) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), serde);
  }

  private static <A, B, C, D> ProcessorSupplier<A, B, C, D> supplier(
      Supplier<Processor<A, B, C, D>> processor, StoreBuilder<?>... stores) {
    Set<StoreBuilder<?>> all = Set.of(stores);
    return new ProcessorSupplier<>() {
      @Override
      public Processor<A, B, C, D> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return all;
      }
    };
  }
}
