package io.tocsin.history;

import io.tocsin.schemas.tls.TlsTrouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * History in QuestDB, asked in SQL over the PostgreSQL wire. What people write is handed over as
 * parameters; the text of a statement is made of the catalogue's words alone. One connection is
 * kept for the next question.
 */
final class QuestDbHistory implements HistoryStore {

  /** Rows that the driver holds at a time. */
  private static final int FETCH = 2_000;

  private final HistoryAddress address;
  private final AtomicReference<Connection> idle = new AtomicReference<>();
  private volatile boolean closed;

  QuestDbHistory(HistoryAddress address) {
    this.address = address;
  }

  /** What is done with the rows of a statement. */
  private interface Rows {
    void read(ResultSet rows) throws SQLException, HistoryException;
  }

  @Override
  public void read(HistoryQuery query, RowSink sink) throws HistoryException {
    StepPercentile percentile = new StepPercentile(query, sink);
    boolean isRaw = percentile.isNeeded();
    RowSink counted = new CountedSink(query, isRaw ? percentile : sink, isRaw);
    QuestDbSql sql = QuestDbSql.read(query, isRaw);
    ask(sql, rows -> rows(query, rows, counted));
    percentile.end();
  }

  private static void rows(HistoryQuery query, ResultSet rows, RowSink sink) throws SQLException {
    int figures = query.figures().size();
    boolean hasPart = query.table().part().isPresent();
    while (rows.next()) {
      int column = 1;
      Instant at = Instant.ofEpochMilli(rows.getLong(column++));
      String resource =
          query.selector().together() ? HistoryRow.TOGETHER : rows.getString(column++);
      String part = hasPart ? text(rows.getString(column++)) : "";
      double[] values = new double[figures];
      for (int figure = 0; figure < figures; figure++) {
        double value = rows.getDouble(column++);
        values[figure] = rows.wasNull() ? Double.NaN : value;
      }
      sink.row(new HistoryRow(at, resource, part, values));
    }
  }

  @Override
  public List<HistorySeries> series(
      HistoryTable table, Tier tier, Selector selector, Instant from, Instant to)
      throws HistoryException {
    List<HistorySeries> series = new ArrayList<>();
    ask(
        QuestDbSql.series(table, tier, selector, from, to),
        rows -> {
          while (rows.next()) {
            String part = table.part().isPresent() ? text(rows.getString(4)) : "";
            series.add(
                new HistorySeries(
                    rows.getString(1), text(rows.getString(2)), text(rows.getString(3)), part));
          }
        });
    return series;
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private void ask(QuestDbSql sql, Rows reading) throws HistoryException {
    Connection connection = null;
    try {
      connection = connection();
      try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
        statement.setFetchSize(FETCH);
        for (int place = 0; place < sql.parameters().size(); place++) {
          set(statement, place + 1, sql.parameters().get(place));
        }
        try (ResultSet rows = statement.executeQuery()) {
          reading.read(rows);
        }
      }
      connection.commit();
      giveBack(connection);
      connection = null;
    } catch (SQLException refused) {
      throw new HistoryException(
          "history at " + address.jdbcUrl() + " gave no answer: " + TlsTrouble.in(refused),
          refused);
    } catch (CountedSink.TooMany tooMany) {
      throw new HistoryException(tooMany.getMessage(), tooMany);
    } finally {
      discard(connection);
    }
  }

  private static void set(PreparedStatement statement, int place, Object value)
      throws SQLException {
    if (value instanceof Instant at) {
      statement.setTimestamp(place, Timestamp.from(at), QuestDbSql.utc());
    } else {
      statement.setString(place, (String) value);
    }
  }

  /** The kept one, if it still is good for a question. */
  private Connection connection() throws SQLException {
    Connection kept = idle.getAndSet(null);
    if (kept != null && kept.isValid(1)) {
      return kept;
    }
    discard(kept);
    Connection made = HistoryTables.connect(address);
    made.setAutoCommit(false); // the driver fetches in portions only within a transaction
    return made;
  }

  private void giveBack(Connection connection) {
    discard(idle.getAndSet(connection));
    if (closed) {
      discard(idle.getAndSet(null));
    }
  }

  private static void discard(Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // It is not wanted any more either way.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    discard(idle.getAndSet(null));
  }
}
