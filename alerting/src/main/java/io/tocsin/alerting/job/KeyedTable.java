package io.tocsin.alerting.job;

import io.tocsin.alerting.incidents.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/** A table of the incident book in Flink's state of the current key. */
final class KeyedTable<V> implements Table<V> {

  private final MapState<String, V> values;

  KeyedTable(RuntimeContext context, String name, TypeInformation<V> type) {
    values = context.getMapState(new MapStateDescriptor<>(name, Types.STRING, type));
  }

  @Override
  public void put(String key, V value) {
    try {
      values.put(key, value);
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be written", broken);
    }
  }

  @Override
  public void remove(String key) {
    try {
      values.remove(key);
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be written", broken);
    }
  }

  @Override
  public Iterable<V> values() {
    try {
      List<V> all = new ArrayList<>();
      values.values().forEach(all::add);
      return all;
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be read", broken);
    }
  }
}
