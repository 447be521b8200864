package io.tocsin.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the embedded store. They are made before the first point arrives, because only a
 * table that is made with upsert keys takes a repeated point as the same point: that is what makes
 * at-least-once delivery harmless.
 */
public final class HistoryTables {

  static final String WINDOWS = "windows";
  static final String BOTTLENECKS = "bottlenecks";
  static final String INCIDENTS = "incidents";
  static final String INCIDENT_EVENTS = "incident_events";
  static final String HEAL_RESULTS = "heal_results";

  private static final List<String> STATEMENTS =
      List.of(
          table(
              WINDOWS,
              "resource SYMBOL, kind SYMBOL, service SYMBOL, size SYMBOL, final BOOLEAN, members LONG,"
                  + " efficiency DOUBLE",
              "resource, size"),
          table(
              BOTTLENECKS,
              "resource SYMBOL, kind SYMBOL, service SYMBOL, active BOOLEAN, value DOUBLE, threshold DOUBLE",
              "resource, kind"),
          table(
              INCIDENTS,
              "id SYMBOL, rule SYMBOL, resource SYMBOL, service SYMBOL, priority STRING, state STRING,"
                  + " summary STRING, version LONG, opened_ms LONG, resolved_ms LONG, heal_attempts LONG",
              "id"),
          table(
              INCIDENT_EVENTS,
              "incident SYMBOL, version SYMBOL, kind STRING, state STRING, priority STRING, cause STRING",
              "incident, version"),
          table(
              HEAL_RESULTS,
              "plan SYMBOL, incident SYMBOL, action SYMBOL, target SYMBOL, outcome SYMBOL, attempt LONG,"
                  + " reason STRING, took_ms LONG, exit_code LONG",
              "plan, outcome"));

  private HistoryTables() {}

  /**
   * Makes the tables that are not there yet.
   *
   * @throws SQLException if the store does not answer or refuses
   */
  public static void createMissing(HistoryAddress address) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
  }

  static Connection connect(HistoryAddress address) throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static String table(String name, String columns, String keys) {
    return "CREATE TABLE IF NOT EXISTS "
        + name
        + " (timestamp TIMESTAMP, "
        + columns
        + ") TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, "
        + keys
        + ")";
  }
}
