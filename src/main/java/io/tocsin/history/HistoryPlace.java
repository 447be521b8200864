package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;

/** Where history is kept, and how it is reached. */
public sealed interface HistoryPlace permits HistoryAddress, InfluxAddress {

  /**
   * Makes tables, or buckets, with the times that they are kept; a second time changes nothing.
   *
   * @throws HistoryException if the store does not answer, or refuses
   */
  void prepare() throws HistoryException;

  /** Opens it for questions; nothing is asked yet. */
  HistoryStore open();

  /** Opens it for writing; nothing is asked yet. */
  PointStore points();

  /** Who looks after it while it is written to; not started yet. */
  default StoreWatch watch(MeterRegistry meters) {
    return StoreWatch.NONE;
  }
}
