package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * History in QuestDB.
 *
 * @param writeUrl base URL of an InfluxDB v2 write API
 * @param authorization value of the HTTP {@code Authorization} header for it
 * @param jdbcUrl SQL over the PostgreSQL wire protocol
 * @param user name for SQL
 * @param password password for SQL
 * @param room its disk; null if that is not this machine's
 */
public record HistoryAddress(
    String writeUrl,
    String authorization,
    String jdbcUrl,
    String user,
    String password,
    StoreRoom room)
    implements HistoryPlace {

  /** A store whose disk is not this machine's. */
  public HistoryAddress(
      String writeUrl, String authorization, String jdbcUrl, String user, String password) {
    this(writeUrl, authorization, jdbcUrl, user, password, null);
  }

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
    PointStore points =
        new InfluxPointStore(writeUrl, authorization, "tocsin", table -> "tocsin", false);
    return room == null ? points : new RoomyPointStore(points, room);
  }

  @Override
  public List<BackupManifest.Entry> export(Path directory, Clock clock)
      throws HistoryException, IOException {
    try {
      return new HistoryExport(this, directory).write();
    } catch (SQLException refused) {
      throw new HistoryException(
          "history at " + jdbcUrl + " cannot be read: " + refused.getMessage(), refused);
    }
  }

  @Override
  public StoreWatch watch(MeterRegistry meters) {
    return new SuspendedTables(this, meters);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "HistoryAddress[" + writeUrl + ", " + jdbcUrl + "]";
  }
}
