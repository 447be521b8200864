package io.tocsin.alerting.incidents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values by key that outlive a restart. Written through at once, read as a whole at the start only.
 *
 * @param <V> what is kept
 */
public interface Table<V> {

  /** Keeps a value, in place of the one with that key. */
  void put(String key, V value);

  /** Forgets a value; harmless if there is none. */
  void remove(String key);

  /** All values, in any order. */
  Iterable<V> values();

  /** One that lives as long as the process. */
  static <V> Table<V> inMemory() {
    Map<String, V> values = new LinkedHashMap<>();
    return new Table<>() {
      @Override
      public void put(String key, V value) {
        values.put(key, value);
      }

      @Override
      public void remove(String key) {
        values.remove(key);
      }

      @Override
      public Iterable<V> values() {
        return List.copyOf(values.values());
      }
    };
  }
}
