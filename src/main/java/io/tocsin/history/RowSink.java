package io.tocsin.history;

/** Takes rows of history one at a time. */
@FunctionalInterface
public interface RowSink {

  /** A row; it may be kept. */
  void row(HistoryRow row);
}
