package io.tocsin.streams.topology;

import io.tocsin.streams.latency.Kept;
import io.tocsin.streams.latency.Series;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The series of one resource in the store of all: under its id, a zero, and theirs. */
final class StoredSeries implements Kept {

  private static final StringSerializer KEYS = new StringSerializer();

  private final KeyValueStore<String, Series> store;
  private final String prefix;

  StoredSeries(KeyValueStore<String, Series> store, String resourceId) {
    this.store = store;
    this.prefix = resourceId + '\0';
  }

  @Override
  public Series get(String id) {
    return store.get(prefix + id);
  }

  @Override
  public void put(String id, Series series) {
    store.put(prefix + id, series);
  }

  @Override
  public void remove(String id) {
    store.delete(prefix + id);
  }

  @Override
  public Map<String, Series> all() {
    Map<String, Series> all = new TreeMap<>();
    try (KeyValueIterator<String, Series> found = store.prefixScan(prefix, KEYS)) {
      while (found.hasNext()) {
        KeyValue<String, Series> one = found.next();
        String id = one.key.substring(prefix.length());
        // An id of a resource comes from outside and may have a zero in it, one of a series not.
        if (one.value != null && id.indexOf('\0') < 0) {
          all.put(id, one.value);
        }
      }
    }
    return all;
  }
}
