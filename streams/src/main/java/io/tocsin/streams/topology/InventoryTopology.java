package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The runs-on edges of the inventory, all of them at every instance: the inventory has one
 * partition, the samples have several, so no task has those of its resources. Kept in memory and
 * read anew from the compacted topic at each start, before the first sample is.
 */
public final class InventoryTopology {

  /** Name of the source node. */
  public static final String INVENTORY = "inventory";

  /** Name of the processor node. */
  public static final String EDGES = "inventory-edges";

  /**
   * Name of the global store: resource id to the id of what it runs on; only those that have one.
   */
  public static final String STORE = "inventory-parents";

  private InventoryTopology() {}

  /** Adds the global store to a topology. */
  static void addTo(Topology topology, Cluster cluster, MeterRegistry meters) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.String())
            .withLoggingDisabled(),
        INVENTORY,
        new StringDeserializer(),
        // Global stores have no dead letters, and one that throws would end all threads: so it is
        // decoded in the processor.
        new ByteArrayDeserializer(),
        Topics.RESOURCES.name(),
        EDGES,
        () -> new ParentsProcessor(cluster, meters));
  }
}
