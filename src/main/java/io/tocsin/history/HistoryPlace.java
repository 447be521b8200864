package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

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

  /**
   * Writes all that is kept there into a directory, a file of compressed line protocol for each
   * table, while everything runs.
   *
   * @throws HistoryException if the store does not answer, or refuses
   */
  List<BackupManifest.Entry> export(Path directory, Clock clock)
      throws HistoryException, IOException;

  /** Who looks after it while it is written to; not started yet. */
  default StoreWatch watch(MeterRegistry meters) {
    return StoreWatch.NONE;
  }
}
