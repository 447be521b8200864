package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.rollup.Contribution;
import io.tocsin.streams.rollup.Gone;
import io.tocsin.streams.rollup.Kept;
import io.tocsin.streams.rollup.RollupCodec;
import io.tocsin.streams.rollup.RollupSettings;
import io.tocsin.streams.rollup.RollupWindow;
import io.tocsin.streams.window.Part;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Parts of resources to windows of services, hosts, kinds and the fleet.
 *
 * <p>In two steps, because the members of a group are in all partitions: each task merges what it
 * has and sends it on once a second, by group; the task that has the group merges those. So what
 * crosses the topic between them grows with the groups and not with the resources.
 */
public final class RollupTopology {

  /** Name of the processor node that takes {@link Part}s. */
  public static final String LOCAL = "rollup-local";

  /** Name of its store: number to a part that was not sent on yet. Empty most of the time. */
  public static final String LOCAL_STORE = "rollup-local-parts";

  /** Name of its sink node. */
  public static final String PARTS = "rollup-parts";

  /** Name of the source node of what all tasks sent on. */
  public static final String PARTS_IN = "rollup-parts-in";

  /** Name of the processor node that merges it. */
  public static final String MERGE = "rollup";

  /** Name of its store: group, size and start to a window that may still change. */
  public static final String STORE = "rollup-state";

  /** Name of its other store: group to up to where its windows are gone. */
  public static final String GONE_STORE = "rollup-gone";

  /** Name of the sink node for windows. */
  public static final String WINDOWS = "rollup-windows";

  /** Name of the sink node for the throughput of services and kinds. */
  public static final String THROUGHPUTS = "rollup-throughputs";

  /** Name under which its refusals are counted. */
  public static final String NAME = "rollup";

  private RollupTopology() {}

  /**
   * Adds the nodes to a topology that has those of {@link InventoryTopology}.
   *
   * @param parent name of the node that forwards parts to {@link #LOCAL}
   */
  static void addTo(
      Topology topology,
      Cluster cluster,
      RollupSettings settings,
      MeterRegistry meters,
      String parent) {
    topology.addProcessor(LOCAL, gathering(meters), parent);
    topology.addSink(
        PARTS,
        Topics.ROLLUP_PARTS.name(),
        new StringSerializer(),
        (String topic, RollupWindow window) -> RollupCodec.encode(window),
        LOCAL);
    topology.addSource(
        AutoOffsetReset.earliest(),
        PARTS_IN,
        new StringDeserializer(),
        // A failure to decode is told from the processor, where a dead letter comes of it.
        new ByteArrayDeserializer(),
        Topics.ROLLUP_PARTS.name());
    topology.addProcessor(MERGE, merging(settings, meters), PARTS_IN);
    topology.addSink(
        WINDOWS,
        Topics.WINDOWS.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(Topics.WINDOWS, cluster),
        MERGE);
    topology.addSink(
        THROUGHPUTS,
        Topics.THROUGHPUTS.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(Topics.THROUGHPUTS, cluster),
        MERGE);
    RefusalTopology.addTo(topology, cluster, NAME, MERGE);
  }

  private static ProcessorSupplier<String, Part, String, RollupWindow> gathering(
      MeterRegistry meters) {
    StoreBuilder<KeyValueStore<Long, Contribution>> store =
        Stores.keyValueStoreBuilder(
                // empty again each second
                Stores.inMemoryKeyValueStore(LOCAL_STORE),
                Serdes.Long(),
                StateSerde.of(Contribution::encode, Contribution::decode))
            // All of it is gone within seconds: small segments, or a restore reads it all the same.
            .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, "8388608"));
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Part, String, RollupWindow> get() {
        return new GatheringProcessor(meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }

  private static ProcessorSupplier<String, byte[], String, Object> merging(
      RollupSettings settings, MeterRegistry meters) {
    StoreBuilder<KeyValueStore<String, Kept>> windows =
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE),
            Serdes.String(),
            StateSerde.of(Kept::encode, Kept::decode));
    StoreBuilder<KeyValueStore<String, Gone>> gone =
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(GONE_STORE),
            Serdes.String(),
            StateSerde.of(Gone::encode, Gone::decode));
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, byte[], String, Object> get() {
        return new RollupProcessor(settings, meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        // In one order, so that the topology reads the same each time.
        return new LinkedHashSet<>(List.of(windows, gone));
      }
    };
  }
}
