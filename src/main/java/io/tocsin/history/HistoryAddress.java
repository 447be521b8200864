package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.TlsTrouble;
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
 * @param tls how it is known where {@code writeUrl} is https; null for authorities that Java knows
 * @param room its disk; null if that is not this machine's
 */
public record HistoryAddress(
    String writeUrl,
    String authorization,
    String jdbcUrl,
    String user,
    String password,
    ClientTls tls,
    StoreRoom room)
    implements HistoryPlace {

  /** A store that is reached without TLS. */
  public HistoryAddress(
      String writeUrl,
      String authorization,
      String jdbcUrl,
      String user,
      String password,
      StoreRoom room) {
    this(writeUrl, authorization, jdbcUrl, user, password, null, room);
  }

  /** A store whose disk is not this machine's. */
  public HistoryAddress(
      String writeUrl, String authorization, String jdbcUrl, String user, String password) {
    this(writeUrl, authorization, jdbcUrl, user, password, null, null);
  }

  @Override
  public void prepare() throws HistoryException {
    try {
      HistoryTables.createMissing(this);
    } catch (SQLException refused) {
      throw new HistoryException(
          "the tables of history cannot be made at " + jdbcUrl + ": " + TlsTrouble.in(refused),
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
        new InfluxPointStore(writeUrl, tls, authorization, "tocsin", table -> "tocsin", false);
    return room == null ? points : new RoomyPointStore(points, room);
  }

  @Override
  public List<BackupManifest.Entry> export(Path directory, Clock clock)
      throws HistoryException, IOException {
    try {
      return new HistoryExport(this, directory).write();
    } catch (SQLException refused) {
      throw new HistoryException(
          "history at " + jdbcUrl + " cannot be read: " + TlsTrouble.in(refused), refused);
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
