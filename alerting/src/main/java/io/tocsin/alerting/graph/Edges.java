package io.tocsin.alerting.graph;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** From a key to the ids that belong to it, in alphabetical order; keeps no empty entries. */
final class Edges {

  private final Map<String, TreeSet<String>> ids = new HashMap<>();

  void add(String key, String id) {
    if (key != null) {
      ids.computeIfAbsent(key, absent -> new TreeSet<>()).add(id);
    }
  }

  void remove(String key, String id) {
    if (key != null) {
      ids.computeIfPresent(
          key,
          (same, set) -> {
            set.remove(id);
            return set.isEmpty() ? null : set;
          });
    }
  }

  SortedSet<String> of(String key) {
    TreeSet<String> set = ids.get(key);
    return set == null ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(set);
  }

  SortedSet<String> keys() {
    return new TreeSet<>(ids.keySet());
  }
}
