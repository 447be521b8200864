package io.tocsin.history;

import java.time.Instant;
import java.util.List;

final class InfluxHistory implements HistoryStore {
  InfluxHistory(InfluxAddress a) {}

  public void read(HistoryQuery q, RowSink s) {}

  public List<HistorySeries> series(HistoryTable t, Tier tier, Selector s, Instant f, Instant to) {
    return List.of();
  }

  public void close() {}
}
