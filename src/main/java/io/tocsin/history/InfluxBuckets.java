package io.tocsin.history;

final class InfluxBuckets {
  static void createMissing(InfluxAddress a) throws HistoryException {}
}
