package io.tocsin.history;

import java.sql.SQLException;

/**
 * History in QuestDB.
 *
 * @param writeUrl base URL of an InfluxDB v2 write API
 * @param authorization value of the HTTP {@code Authorization} header for it
 * @param jdbcUrl SQL over the PostgreSQL wire protocol
 * @param user name for SQL
 * @param password password for SQL
 */
public record HistoryAddress(
    String writeUrl, String authorization, String jdbcUrl, String user, String password)
    implements HistoryPlace {

  @Override
  public void prepare() throws HistoryException {
    try {
      HistoryTables.createMissing(this);
    } catch (SQLException refused) {
      throw new HistoryException(
          "the tables of history cannot be made at " + jdbcUrl + ": " + refused.getMessage(),
          refused);
    }
  }

  @Override
  public HistoryStore open() {
    return new QuestDbHistory(this);
  }

  @Override
  public PointStore points() {
    return new InfluxPointStore(writeUrl, authorization, "tocsin", table -> "tocsin", false);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "HistoryAddress[" + writeUrl + ", " + jdbcUrl + "]";
  }
}
