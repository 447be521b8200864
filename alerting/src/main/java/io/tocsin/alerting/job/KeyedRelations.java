package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.EdgeLearnt;
import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.RelationStore;
import io.tocsin.alerting.evaluate.SequenceState;
import io.tocsin.alerting.evaluate.SeriesState;
import io.tocsin.alerting.evaluate.StepAlert;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/** What rules that look at several resources remember, in Flink's state; one rule at a time. */
final class KeyedRelations implements RelationStore {

  private final MapState<String, Outcome.Fact> facts;
  private final MapState<String, SeriesState> series;
  private final MapState<String, EdgeLearnt> learnt;
  private final MapState<String, StepAlert> steps;
  private final MapState<String, SequenceState> sequences;
  private String prefix = "";

  KeyedRelations(RuntimeContext context) {
    facts = map(context, "facts", Outcome.Fact.class);
    series = map(context, "edges", SeriesState.class);
    learnt = map(context, "edges-learnt", EdgeLearnt.class);
    steps = map(context, "steps", StepAlert.class);
    sequences = map(context, "sequences", SequenceState.class);
  }

  private static <V> MapState<String, V> map(RuntimeContext context, String name, Class<V> type) {
    return context.getMapState(
        new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type)));
  }

  /** What one rule remembers; a rule's name has no slash. */
  KeyedRelations of(String rule) {
    prefix = rule + "/";
    return this;
  }

  @Override
  public Outcome.Fact fact(String key) {
    return get(facts, key);
  }

  @Override
  public void fact(String key, Outcome.Fact fact) {
    put(facts, key, fact);
  }

  @Override
  public List<String> factKeys() {
    return keys(facts);
  }

  @Override
  public SeriesState series(String key) {
    return get(series, key);
  }

  @Override
  public void series(String key, SeriesState state) {
    put(series, key, state);
  }

  @Override
  public List<String> seriesKeys() {
    return keys(series);
  }

  @Override
  public EdgeLearnt learnt(String key) {
    return get(learnt, key);
  }

  @Override
  public void learnt(String key, EdgeLearnt state) {
    put(learnt, key, state);
  }

  @Override
  public List<String> learntKeys() {
    return keys(learnt);
  }

  @Override
  public StepAlert step(String alertId) {
    return get(steps, alertId);
  }

  @Override
  public void step(String alertId, StepAlert step) {
    put(steps, alertId, step);
  }

  @Override
  public List<String> stepIds() {
    return keys(steps);
  }

  @Override
  public SequenceState sequence(String firstAlertId) {
    return get(sequences, firstAlertId);
  }

  @Override
  public void sequence(String firstAlertId, SequenceState state) {
    put(sequences, firstAlertId, state);
  }

  @Override
  public List<String> sequenceIds() {
    return keys(sequences);
  }

  private <V> V get(MapState<String, V> map, String key) {
    try {
      return map.get(prefix + key);
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be read", broken);
    }
  }

  private <V> void put(MapState<String, V> map, String key, V value) {
    try {
      if (value == null) {
        map.remove(prefix + key);
      } else {
        map.put(prefix + key, value);
      }
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be written", broken);
    }
  }

  private List<String> keys(MapState<String, ?> map) {
    try {
      List<String> keys = new ArrayList<>();
      for (String key : map.keys()) {
        if (key.startsWith(prefix)) {
          keys.add(key.substring(prefix.length()));
        }
      }
      keys.sort(null);
      return keys;
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be read", broken);
    }
  }
}
