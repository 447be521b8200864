package io.tocsin.streams.topology;

import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
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
 * Counts on a topic what a topology leaves out: a node below its processor, which calls {@link
 * Refusals}.
 */
public final class RefusalTopology {

  private RefusalTopology() {}

  /** Name of the processor node of a topology. */
  public static String node(String topology) {
    return topology + "-refusals";
  }

  /** Name of its store: reason and agent to what was counted since the last record. */
  public static String store(String topology) {
    return topology + "-refusals-state";
  }

  /** Name of its sink node. */
  public static String sink(String topology) {
    return topology + "-refusals-out";
  }

  /**
   * Adds the nodes below a processor.
   *
   * @param name the topology's name on the records, such as {@code efficiency}
   */
  static void addTo(Topology topology, Cluster cluster, String name, String processor) {
    topology.addProcessor(node(name), supplier(name), processor);
    topology.addSink(
        sink(name),
        Topics.REFUSALS.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(Topics.REFUSALS, cluster),
        node(name));
  }

  private static ProcessorSupplier<String, Refused, String, RefusedCount> supplier(String name) {
    StoreBuilder<KeyValueStore<String, Tally>> store =
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(store(name)),
            Serdes.String(),
            StateSerde.of(Tally::encode, Tally::decode));
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Refused, String, RefusedCount> get() {
        return new RefusalProcessor(name);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }
}
