package io.tocsin.streams.topology;

import io.tocsin.schemas.Window;
import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the store of {@link EfficiencyTopology}. */
final class EfficiencyQuery implements ResourceQuery {

  private final WindowSettings settings;

  EfficiencyQuery(WindowSettings settings) {
    this.settings = settings;
  }

  @Override
  public String store() {
    return EfficiencyTopology.STORE;
  }

  @Override
  public Optional<ResourceWindows> read(KafkaStreams streams, int partition, String resourceId) {
    ReadOnlyKeyValueStore<String, ResourceState> states =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                    store(), QueryableStoreTypes.<String, ResourceState>keyValueStore())
                .withPartition(partition));
    return Optional.ofNullable(states.get(resourceId)).map(state -> windows(resourceId, state));
  }

  /** The store decoded the state for us alone, so that closing its windows changes nobody's. */
  ResourceWindows windows(String resourceId, ResourceState state) {
    long newestAt = state.newestAt();
    Duration longest = settings.sizes().get(settings.sizes().size() - 1);
    Duration untilAllEnd = longest.plus(settings.grace()).plus(settings.silence());
    List<Window> windows = state.silentUntil(newestAt + untilAllEnd.toMillis(), settings).windows();
    windows.forEach(window -> window.setIsFinal(false));
    return new ResourceWindows(
        resourceId,
        Instant.ofEpochMilli(newestAt),
        Instant.ofEpochMilli(state.arrivedAt()),
        windows.stream().sorted(Comparator.comparingLong(Window::getSizeMs)).toList());
  }
}
