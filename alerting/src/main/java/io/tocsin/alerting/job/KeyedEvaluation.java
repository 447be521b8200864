package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.EvaluationStore;
import io.tocsin.alerting.evaluate.Learnt;
import io.tocsin.alerting.evaluate.ResourceState;
import io.tocsin.alerting.evaluate.Seen;
import io.tocsin.alerting.evaluate.SeriesState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/** What is remembered of the keyed resource, in Flink's state. */
final class KeyedEvaluation implements EvaluationStore {

  static final ValueStateDescriptor<ResourceState> RESOURCE =
      new ValueStateDescriptor<>("resource", TypeInformation.of(ResourceState.class));
  static final MapStateDescriptor<String, Seen> SEEN = map("seen", Seen.class);
  static final MapStateDescriptor<String, SeriesState> SERIES = map("series", SeriesState.class);
  static final MapStateDescriptor<String, Learnt> LEARNT = map("learnt", Learnt.class);

  private final ValueState<ResourceState> resource;
  private final MapState<String, Seen> seen;
  private final MapState<String, SeriesState> series;
  private final MapState<String, Learnt> learnt;

  /** Whether the key has series; null while not looked for. Most have none, and many rules ask. */
  private Boolean hasSeries;

  KeyedEvaluation(RuntimeContext context) {
    resource = context.getState(RESOURCE);
    seen = context.getMapState(SEEN);
    series = context.getMapState(SERIES);
    learnt = context.getMapState(LEARNT);
  }

  /** The time of the one timer that the resource waits for; null if it waits for none. */
  Instant timerAt() {
    ResourceState state = resource();
    return state == null ? null : state.timerAt();
  }

  /** To be called whenever Flink has turned to another key. */
  KeyedEvaluation keyed() {
    hasSeries = null;
    return this;
  }

  private static <V> MapStateDescriptor<String, V> map(String name, Class<V> type) {
    return new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type));
  }

  @Override
  public ResourceState resource() {
    return call(resource::value);
  }

  @Override
  public void resource(ResourceState state) {
    run(() -> resource.update(state));
  }

  @Override
  public Seen seen(String key) {
    return call(() -> seen.get(key));
  }

  @Override
  public void seen(String key, Seen state) {
    put(seen, key, state);
  }

  @Override
  public List<String> seenKeys() {
    return keys(seen);
  }

  @Override
  public SeriesState series(String key) {
    return call(() -> series.get(key));
  }

  @Override
  public void series(String key, SeriesState state) {
    put(series, key, state);
    hasSeries = state == null ? null : Boolean.TRUE;
  }

  @Override
  public boolean hasSeries() {
    if (hasSeries == null) {
      hasSeries = !call(series::isEmpty);
    }
    return hasSeries;
  }

  @Override
  public List<String> seriesKeys() {
    return keys(series);
  }

  @Override
  public Learnt learnt(String key) {
    return call(() -> learnt.get(key));
  }

  @Override
  public void learnt(String key, Learnt state) {
    put(learnt, key, state);
  }

  @Override
  public List<String> learntKeys() {
    return keys(learnt);
  }

  /** The resource's state says the same, see {@link #timerAt}. */
  @Override
  public void timer(Instant at) {}

  private static <V> void put(MapState<String, V> map, String key, V value) {
    run(
        () -> {
          if (value == null) {
            map.remove(key);
          } else {
            map.put(key, value);
          }
        });
  }

  private static List<String> keys(MapState<String, ?> map) {
    return call(
        () -> {
          List<String> keys = new ArrayList<>();
          map.keys().forEach(keys::add);
          keys.sort(null);
          return keys;
        });
  }

  private interface Reading<T> {
    T get() throws Exception;
  }

  private interface Writing {
    void run() throws Exception;
  }

  private static <T> T call(Reading<T> reading) {
    try {
      return reading.get();
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be read", broken);
    }
  }

  private static void run(Writing writing) {
    try {
      writing.run();
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be written", broken);
    }
  }
}
