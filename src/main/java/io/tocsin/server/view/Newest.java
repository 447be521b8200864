package io.tocsin.server.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Newest value of each key, in the order in which they changed; of more keys than it may have,
 * those that changed last stay. Not thread-safe.
 */
public final class Newest<V> {

  private final Map<String, V> values;

  /** With at most so many keys. */
  public Newest(int most) {
    this.values =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Puts a value to the end. */
  public void put(String key, V value) {
    values.remove(key);
    values.put(key, value);
  }

  /** Value of a key; null if it has none. */
  public V get(String key) {
    return values.get(key);
  }

  /** Forgets a key. */
  public void remove(String key) {
    values.remove(key);
  }

  /** All, what changed first comes first; a copy. */
  public List<V> oldestFirst() {
    return new ArrayList<>(values.values());
  }

  /** All, what changed last comes first; a copy. */
  public List<V> newestFirst() {
    List<V> all = oldestFirst();
    Collections.reverse(all);
    return all;
  }
}
