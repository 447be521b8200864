package io.tocsin.streams.topology;

import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.WindowSettings;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the stores of {@link EfficiencyTopology}. What it reads is decoded for it alone; between
 * the snapshot and its rows the writer may put a new snapshot, whose rows are then not those of the
 * old one and are told by that, so that an answer is at worst as old as the last window's end.
 */
final class EfficiencyQuery implements ResourceQuery {

  private final WindowSettings settings;

  EfficiencyQuery(WindowSettings settings) {
    this.settings = settings;
  }

  @Override
  public String store() {
    return EfficiencyTopology.SNAPSHOTS;
  }

  @Override
  public Optional<ResourceWindows> read(KafkaStreams streams, int partition, String resourceId) {
    return ResourceStore.load(
            resourceId,
            store(streams, EfficiencyTopology.SNAPSHOTS, partition)::get,
            store(streams, EfficiencyTopology.ROWS, partition)::get,
            settings)
        .map(state -> windows(resourceId, state));
  }

  private static ReadOnlyKeyValueStore<Bytes, byte[]> store(
      KafkaStreams streams, String name, int partition) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
            .withPartition(partition));
  }

  ResourceWindows windows(String resourceId, ResourceState state) {
    return new ResourceWindows(
        resourceId,
        Instant.ofEpochMilli(state.newestAt()),
        Instant.ofEpochMilli(state.arrivedAt()),
        state.current(settings));
  }
}
