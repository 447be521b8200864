package io.tocsin.history;

import java.time.Instant;
import java.util.List;

/**
 * History, to be asked. Every implementation passes the same contract test and gives the same rows
 * for the same question, whatever database is behind it.
 */
public interface HistoryStore extends AutoCloseable {

  /**
   * Answers a question row by row, without ever holding all of the answer.
   *
   * @param query what is asked; it has been checked when it was made
   * @param sink takes each row, in the order of resource, then part, then time; what it throws ends
   *     the reading and comes out here
   * @throws HistoryException if the store does not answer, refuses, or the answer grew beyond the
   *     query's limit; rows may have been handed out before
   */
  void read(HistoryQuery query, RowSink sink) throws HistoryException;

  /**
   * Who has rows in a span of time.
   *
   * @param tier how finely kept; for business figures it makes no difference
   * @return in the order of resource, then part
   * @throws HistoryException if the store does not answer, or refuses
   */
  List<HistorySeries> series(
      HistoryTable table, Tier tier, Selector selector, Instant from, Instant to)
      throws HistoryException;

  @Override
  void close();
}
