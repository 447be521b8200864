package io.tocsin.alerting.evaluate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps it in memory: for replays, and for tests. Not thread-safe. */
public final class HeapRelationStore implements RelationStore {

  private final Map<String, Outcome.Fact> facts = new TreeMap<>();
  private final Map<String, SeriesState> series = new TreeMap<>();
  private final Map<String, EdgeLearnt> learnt = new TreeMap<>();
  private final Map<String, StepAlert> steps = new TreeMap<>();
  private final Map<String, SequenceState> sequences = new TreeMap<>();

  @Override
  public Outcome.Fact fact(String key) {
    return facts.get(key);
  }

  @Override
  public void fact(String key, Outcome.Fact fact) {
    put(facts, key, fact);
  }

  @Override
  public List<String> factKeys() {
    return List.copyOf(facts.keySet());
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
  public EdgeLearnt learnt(String key) {
    return learnt.get(key);
  }

  @Override
  public void learnt(String key, EdgeLearnt state) {
    put(learnt, key, state);
  }

  @Override
  public List<String> learntKeys() {
    return List.copyOf(learnt.keySet());
  }

  @Override
  public StepAlert step(String alertId) {
    return steps.get(alertId);
  }

  @Override
  public void step(String alertId, StepAlert step) {
    put(steps, alertId, step);
  }

  @Override
  public List<String> stepIds() {
    return List.copyOf(steps.keySet());
  }

  @Override
  public SequenceState sequence(String firstAlertId) {
    return sequences.get(firstAlertId);
  }

  @Override
  public void sequence(String firstAlertId, SequenceState state) {
    put(sequences, firstAlertId, state);
  }

  @Override
  public List<String> sequenceIds() {
    return List.copyOf(sequences.keySet());
  }

  private static <T> void put(Map<String, T> map, String key, T value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }
}
