package io.tocsin.streams.latency;

import java.util.Map;

/** Where the series of one resource are kept. */
public interface Kept {

  /** One of them, or null. */
  Series get(String id);

  /** Keeps one, in place of what was there. */
  void put(String id, Series series);

  /** Drops one. */
  void remove(String id);

  /** All of them, in the order of their ids. */
  Map<String, Series> all();
}
