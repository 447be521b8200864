package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Samples to windows of three sizes in one pass. Samples are keyed by resource already, so nothing
 * is repartitioned.
 */
public final class EfficiencyTopology {

  /** Name of the source node. */
  public static final String SAMPLES = "samples";

  /** Name of the processor node, to which observers of intervals attach. */
  public static final String EFFICIENCY = "efficiency";

  /** Name of the sink node. */
  public static final String WINDOWS = "windows";

  /** Name of the store of the states as they were when a window last ended. */
  public static final String SNAPSHOTS = "efficiency-snapshots";

  /** Name of the store of the readings accepted since then. */
  public static final String ROWS = "efficiency-rows";

  /**
   * Nearly every record replaces one that is seconds old. Compacting when half is outdated, the
   * broker's default, writes each byte twice; reading five times as much at a start is cheaper.
   */
  private static final Map<String, String> CHANGELOG = Map.of("min.cleanable.dirty.ratio", "0.8");

  private EfficiencyTopology() {}

  /** Adds the nodes to a topology. */
  static void addTo(
      Topology topology,
      Cluster cluster,
      StreamsSettings settings,
      Backlog backlog,
      Clock clock,
      MeterRegistry meters) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        SAMPLES,
        new SampleTime(clock, meters),
        new StringDeserializer(),
        PerThreadSerde.source(Topics.SAMPLES, cluster),
        Topics.SAMPLES.name());
    topology.addProcessor(EFFICIENCY, supplier(settings, backlog, meters), SAMPLES);
    topology.addSink(
        WINDOWS,
        Topics.WINDOWS.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(Topics.WINDOWS, cluster),
        EFFICIENCY);
  }

  private static ProcessorSupplier<String, Sample, String, Object> supplier(
      StreamsSettings settings, Backlog backlog, MeterRegistry meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Sample, String, Object> get() {
        return new EfficiencyProcessor(settings.windows(), backlog, meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store(SNAPSHOTS), store(ROWS));
      }
    };
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            // In the heap, because RocksDB's writes took a third of a sample's time and gave
            // nothing
            // for it: states are at hand anyway, and after a crash exactly-once wipes its files.
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG);
  }
}
