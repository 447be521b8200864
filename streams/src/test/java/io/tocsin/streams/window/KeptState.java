package io.tocsin.streams.window;

import java.util.HashMap;
import java.util.Map;

/** What a store would have of one resource: the last snapshot, and rows that are never removed. */
final class KeptState {

  private final WindowSettings settings;
  private final Map<Integer, byte[]> rows = new HashMap<>();
  private byte[] snapshot;
  private int snapshots;

  KeptState(WindowSettings settings) {
    this.settings = settings;
  }

  void keep(ResourceState state) {
    Journal.Entry entry = state.toStore();
    if (entry instanceof Journal.Entry.Snapshot whole) {
      snapshot = whole.bytes();
      snapshots++;
    } else if (entry instanceof Journal.Entry.Row row) {
      rows.put(row.number(), row.bytes());
    }
  }

  ResourceState load() {
    ResourceState state = StateCodec.decode(snapshot, settings).orElseThrow();
    int number = 0;
    while (rows.containsKey(number) && StateCodec.replay(rows.get(number), state, settings)) {
      number++;
    }
    return state;
  }

  int snapshots() {
    return snapshots;
  }
}
