package io.tocsin.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The tables of QuestDB. They are made before the first point arrives, because only a table that is
 * made with upsert keys takes a repeated point as the same point: that is what makes at-least-once
 * delivery harmless. Each tier has tables of its own, since a table has one time to live.
 *
 * <p>Statistics are kept in single precision: percentiles are within 1 % anyhow, and half the disk
 * is saved.
 */
public final class HistoryTables {

  private static final Set<String> WHOLE = Set.of("members", "memory_bytes", "count");
  private static final Set<String> DOUBLE =
      Set.of("cores", "business_value", "cost_per_hour", "cost_per_month");

  private HistoryTables() {}

  /**
   * Makes the tables that are not there yet, and sets how long they keep their rows.
   *
   * @throws SQLException if the store does not answer or refuses
   */
  public static void createMissing(HistoryAddress address) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
      for (HistoryTable table : HistoryTable.values()) {
        for (Tier tier : table.tiers()) {
          addMissing(statement, table, table.at(tier));
        }
      }
    }
  }

  /** A table of an older version has not all figures; asking for one would be an error. */
  private static void addMissing(Statement statement, HistoryTable table, String name)
      throws SQLException {
    Set<String> missing = new LinkedHashSet<>(columns(table));
    Set<String> keys = new LinkedHashSet<>();
    boolean hasPart = false;
    try (ResultSet there = statement.executeQuery("SHOW COLUMNS FROM " + name)) {
      while (there.next()) {
        String column = there.getString("column");
        missing.remove(column);
        hasPart |= column.equals(table.part().orElse(""));
        if (there.getBoolean("upsertKey")) {
          keys.add(column);
        }
      }
    }
    for (String column : missing) {
      addColumn(statement, name, column, type(column));
    }
    if (table.part().isPresent() && !keys.contains(table.part().get())) {
      if (!hasPart) {
        addColumn(statement, name, table.part().get(), "SYMBOL");
      }
      for (String sql : partOfIdentity(table, name)) {
        statement.execute(sql);
      }
    }
  }

  /**
   * What SHOW tells may be older than what an ALTER just before it did, because tables apply it
   * later; and IF NOT EXISTS is an error of its own where the column exists (QuestDB 9.3).
   */
  private static void addColumn(Statement statement, String table, String column, String type)
      throws SQLException {
    try {
      statement.execute("ALTER TABLE " + table + " ADD COLUMN " + column + " " + type);
    } catch (SQLException there) {
      if (there.getMessage() == null || !there.getMessage().contains("already exists")) {
        throw there;
      }
    }
  }

  /**
   * Makes the part a key. Rows of before are given theirs first, so that a window that is written
   * again still is the same. What a stop interrupts is done again at the next start.
   */
  private static List<String> partOfIdentity(HistoryTable table, String name) {
    String part = table.part().orElseThrow();
    List<String> statements = new ArrayList<>();
    if (table == HistoryTable.THROUGHPUTS) {
      String update = "UPDATE %s SET %s = '%s' WHERE %s IS NULL AND requests_per_second_mean IS %s";
      statements.add(update.formatted(name, part, WindowPoints.TRAFFIC, part, "NULL"));
      statements.add(update.formatted(name, part, WindowPoints.REQUESTS, part, "NOT NULL"));
    }
    statements.add("ALTER TABLE " + name + " DEDUP ENABLE UPSERT KEYS(" + keys(table) + ")");
    return statements;
  }

  private static String keys(HistoryTable table) {
    return "timestamp, resource"
        + table.part().map(part -> ", " + part).orElse("")
        + (table == HistoryTable.BUSINESS ? ", labels" : "");
  }

  static Connection connect(HistoryAddress address) throws SQLException {
    Properties how = new Properties();
    how.setProperty("user", address.user());
    how.setProperty("password", address.password());
    // A store behind a network that lost it answers nothing; who waits for ever makes no hours.
    how.setProperty("connectTimeout", "10");
    how.setProperty("socketTimeout", "300");
    return DriverManager.getConnection(address.jdbcUrl(), how);
  }

  static List<String> statements() {
    List<String> statements = new ArrayList<>();
    for (HistoryTable table : HistoryTable.values()) {
      for (Tier tier : table.tiers()) {
        statements.addAll(tier(table, tier));
      }
    }
    statements.addAll(EventTables.statements());
    return statements;
  }

  /** Names of all tables. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (HistoryTable table : HistoryTable.values()) {
      for (Tier tier : table.tiers()) {
        names.add(table.at(tier));
      }
    }
    names.addAll(EventTables.NAMES);
    return List.copyOf(names);
  }

  private static List<String> tier(HistoryTable table, Tier tier) {
    String name = table.at(tier);
    boolean isLong = tier == Tier.HOUR; // few rows: by the day they would be more files than rows
    String keep = isLong ? " TTL 24 MONTHS" : " TTL " + tier.retention().toDays() + " DAYS";
    List<String> columns =
        new ArrayList<>(List.of("resource SYMBOL", "kind SYMBOL", "service SYMBOL"));
    table.part().ifPresent(part -> columns.add(part + " SYMBOL"));
    if (table == HistoryTable.BUSINESS) {
      columns.addAll(List.of("labels SYMBOL", "unit STRING"));
    } else {
      columns.add("final BOOLEAN");
    }
    if (table == HistoryTable.WINDOWS) {
      columns.add("filesystem STRING");
    }
    if (table == HistoryTable.METERS) {
      columns.addAll(List.of("name SYMBOL", "key SYMBOL"));
    }
    columns(table).forEach(column -> columns.add(column + " " + type(column)));
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + name
            + " (timestamp TIMESTAMP, "
            + String.join(", ", columns)
            + ") TIMESTAMP(timestamp) PARTITION BY "
            + (isLong ? "MONTH" : "DAY")
            + keep
            + " WAL DEDUP UPSERT KEYS("
            + keys(table)
            + ")",
        "ALTER TABLE " + name + " SET" + keep);
  }

  /** Columns of a table's figures. */
  static Set<String> columns(HistoryTable table) {
    Set<String> columns = new LinkedHashSet<>();
    if (table.hasMembers()) {
      columns.add("members");
    }
    for (HistoryFigure figure : Figures.all()) {
      if (figure.table() == table) {
        for (Aggregate aggregate : Aggregate.values()) {
          columns.add(figure.column(aggregate));
        }
        if (figure.statistics() == HistoryFigure.Statistics.FIVE) {
          columns.add(figure.name() + "_p50");
          columns.add(figure.name() + "_p99");
        }
      }
    }
    return columns;
  }

  /** Adds a figure to a point in the form that its column has. */
  static void add(Line line, String column, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    if (WHOLE.contains(column)) {
      line.whole(column, Math.round(value));
    } else if (DOUBLE.contains(column)) {
      line.number(column, value);
    } else {
      line.statistic(column, value);
    }
  }

  private static String type(String column) {
    return WHOLE.contains(column) ? "LONG" : DOUBLE.contains(column) ? "DOUBLE" : "FLOAT";
  }
}
