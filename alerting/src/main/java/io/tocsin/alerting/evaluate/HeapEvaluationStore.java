package io.tocsin.alerting.evaluate;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps it in memory: for replays, and for tests. Not thread-safe. */
public final class HeapEvaluationStore implements EvaluationStore {

  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, SeriesState> series = new TreeMap<>();
  private final Map<String, Learnt> learnt = new HashMap<>();
  private ResourceState resource;
  private Instant timer;

  /** The earliest wall-clock time that was asked for since the last call; null if none was. */
  public Instant takeTimer() {
    Instant due = timer;
    timer = null;
    return due;
  }

  /** The earliest wall-clock time that was asked for; null if none was. */
  public Instant nextTimer() {
    return timer;
  }

  /** Whether nothing at all is remembered. */
  public boolean isEmpty() {
    return resource == null && seen.isEmpty() && series.isEmpty() && learnt.isEmpty();
  }

  @Override
  public ResourceState resource() {
    return resource;
  }

  @Override
  public void resource(ResourceState state) {
    resource = state;
  }

  @Override
  public Seen seen(String key) {
    return seen.get(key);
  }

  @Override
  public void seen(String key, Seen state) {
    put(seen, key, state);
  }

  @Override
  public List<String> seenKeys() {
    return List.copyOf(seen.keySet());
  }

  @Override
  public SeriesState series(String key) {
    return series.get(key);
  }

  @Override
  public void series(String key, SeriesState state) {
    put(series, key, state);
  }

  @Override
  public List<String> seriesKeys() {
    return List.copyOf(series.keySet());
  }

  @Override
  public Learnt learnt(String key) {
    return learnt.get(key);
  }

  @Override
  public void learnt(String key, Learnt state) {
    put(learnt, key, state);
  }

  @Override
  public List<String> learntKeys() {
    return List.copyOf(learnt.keySet());
  }

  @Override
  public void timer(Instant at) {
    timer = timer == null || at.isBefore(timer) ? at : timer;
  }

  private static <T> void put(Map<String, T> map, String key, T value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }
}
