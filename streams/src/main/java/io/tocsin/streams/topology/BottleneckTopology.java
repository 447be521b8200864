package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.bottleneck.Detector;
import io.tocsin.streams.bottleneck.Episodes;
import io.tocsin.streams.window.Observation;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Intervals to bottlenecks, in the task that made the intervals: no topic lies between the sample
 * and the verdict.
 */
public final class BottleneckTopology {

  /** Name of the processor node. */
  public static final String BOTTLENECK = "bottleneck";

  /** Name of the sink node. */
  public static final String BOTTLENECKS = "bottlenecks";

  /** Name of the store: resource id to {@link Episodes}; only resources that have some. */
  public static final String STORE = "bottleneck-state";

  private BottleneckTopology() {}

  /** Adds the nodes to a topology that has those of {@link EfficiencyTopology}. */
  static void addTo(
      Topology topology, Cluster cluster, StreamsSettings settings, MeterRegistry meters) {
    topology.addProcessor(BOTTLENECK, supplier(settings, meters), EfficiencyTopology.EFFICIENCY);
    topology.addSink(
        BOTTLENECKS,
        Topics.BOTTLENECKS.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(Topics.BOTTLENECKS, cluster),
        BOTTLENECK);
  }

  private static ProcessorSupplier<String, Observation, String, Bottleneck> supplier(
      StreamsSettings settings, MeterRegistry meters) {
    StoreBuilder<KeyValueStore<String, Episodes>> store =
        Stores.keyValueStoreBuilder(
            // few rows, all of them at hand
            Stores.inMemoryKeyValueStore(STORE),
            Serdes.String(),
            StateSerde.of(Episodes::encode, Episodes::decode));
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Observation, String, Bottleneck> get() {
        return new BottleneckProcessor(new Detector(settings.bottlenecks()), meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }
}
