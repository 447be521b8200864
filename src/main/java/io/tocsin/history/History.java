package io.tocsin.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Questions to history. */
public final class History {

  private final HistoryAddress address;

  /** Asks the store at an address. */
  public History(HistoryAddress address) {
    this.address = address;
  }

  /**
   * How many rows tell of an incident in its latest state.
   *
   * @throws SQLException if the store does not answer
   */
  public long incidentRows(String incidentId, String state) throws SQLException {
    return count("SELECT count() FROM incidents WHERE id = ? AND state = ?", incidentId, state);
  }

  /**
   * How many rows tell of the healing of an incident.
   *
   * @throws SQLException if the store does not answer
   */
  public long healingRows(String incidentId) throws SQLException {
    return count("SELECT count() FROM heal_results WHERE incident = ?", incidentId);
  }

  /**
   * How many windows are kept, of all resources.
   *
   * @throws SQLException if the store does not answer
   */
  public long windowRows() throws SQLException {
    return count("SELECT count() FROM windows");
  }

  private long count(String sql, String... parameters) throws SQLException {
    try (Connection connection = HistoryTables.connect(address);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }
}
