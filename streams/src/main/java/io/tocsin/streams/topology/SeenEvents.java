package io.tocsin.streams.topology;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ids of the newest events, in a ring: one row of the store for each place, with the number of
 * the event and its id. Read once at the start, then held in memory as well.
 */
final class SeenEvents {

  private final KeyValueStore<String, String> store;
  private final int places;
  private final Set<String> ids = new HashSet<>();
  private long next;

  SeenEvents(KeyValueStore<String, String> store, int places) {
    this.store = store;
    this.places = places;
    try (KeyValueIterator<String, String> rows = store.all()) {
      while (rows.hasNext()) {
        KeyValue<String, String> row = rows.next();
        ids.add(idIn(row.value));
        next = Math.max(next, Long.parseLong(row.value.substring(0, row.value.indexOf(' '))) + 1);
      }
    }
  }

  /** Whether an event is new; from now on it is not. */
  boolean isNew(String id) {
    if (!ids.add(id)) {
      return false;
    }
    String place = Long.toString(next % places);
    String before = store.get(place);
    if (before != null) {
      ids.remove(idIn(before));
    }
    store.put(place, next + " " + id);
    next++;
    return true;
  }

  private static String idIn(String row) {
    return row.substring(row.indexOf(' ') + 1);
  }
}
