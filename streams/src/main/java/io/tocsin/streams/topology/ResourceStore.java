package io.tocsin.streams.topology;

import io.tocsin.streams.window.Journal;
import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.StateCodec;
import io.tocsin.streams.window.WindowSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States of resources in two stores: snapshots under the resource's id, and the rows of their
 * journals under the id, a zero byte, which no text has in UTF-8 but as itself, and the row's
 * number. Both are written in the transaction of the sample that changed them.
 */
final class ResourceStore {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceStore.class);

  private static final int SUFFIX_BYTES = 3;

  private final KeyValueStore<Bytes, byte[]> snapshots;
  private final KeyValueStore<Bytes, byte[]> rows;
  private final WindowSettings settings;

  ResourceStore(
      KeyValueStore<Bytes, byte[]> snapshots,
      KeyValueStore<Bytes, byte[]> rows,
      WindowSettings settings) {
    this.snapshots = snapshots;
    this.rows = rows;
    this.settings = settings;
  }

  /** The state of a resource; empty where none is kept, or of another version of the program. */
  Optional<ResourceState> load(String id) {
    return load(id, snapshots::get, rows::get, settings);
  }

  /** The same from stores that are only read. */
  static Optional<ResourceState> load(
      String id,
      Function<Bytes, byte[]> snapshots,
      Function<Bytes, byte[]> rows,
      WindowSettings settings) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    Optional<ResourceState> state = decode(id, snapshots.apply(Bytes.wrap(key)), settings);
    state.ifPresent(
        known -> {
          int number = 0;
          byte[] row = rows.apply(rowKey(key, number));
          while (row != null && StateCodec.replay(row, known, settings)) {
            row = rows.apply(rowKey(key, ++number));
          }
        });
    return state;
  }

  private static Optional<ResourceState> decode(
      String id, byte[] snapshot, WindowSettings settings) {
    if (snapshot == null) {
      return Optional.empty();
    }
    Optional<ResourceState> state = StateCodec.decode(snapshot, settings);
    if (state.isEmpty()) {
      LOG.warn("{}: state of another version of the program is left out; it starts anew", id);
    }
    return state;
  }

  /** Keeps what has changed since the last time. */
  void save(byte[] key, ResourceState state) {
    Journal.Entry entry = state.toStore();
    if (entry instanceof Journal.Entry.Snapshot snapshot) {
      snapshots.put(Bytes.wrap(key), snapshot.bytes());
    } else if (entry instanceof Journal.Entry.Row row) {
      rows.put(rowKey(key, row.number()), row.bytes());
    }
  }

  void delete(byte[] key) {
    snapshots.delete(Bytes.wrap(key));
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = rows.range(rowKey(key, 0), rowKey(key, 0xFFFF))) {
      all.forEachRemaining(row -> old.add(row.key));
    }
    old.forEach(rows::delete);
  }

  /** Calls with each resource's state as its last snapshot has it, a little in the past. */
  void forEachSnapshot(Consumer<ResourceState> consumer) {
    try (KeyValueIterator<Bytes, byte[]> all = snapshots.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> snapshot = all.next();
        decode(new String(snapshot.key.get(), StandardCharsets.UTF_8), snapshot.value, settings)
            .ifPresent(consumer);
      }
    }
  }

  private static Bytes rowKey(byte[] key, int number) {
    byte[] row = Arrays.copyOf(key, key.length + SUFFIX_BYTES);
    row[key.length + 1] = (byte) (number >>> 8);
    row[key.length + 2] = (byte) number;
    return Bytes.wrap(row);
  }
}
