package io.tocsin.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The tables of QuestDB as compressed line protocol: what any store of history takes, so that a
 * backup also is a way from one to another. Row by row, while everything runs.
 */
final class HistoryExport {

  private static final int FETCH = 2_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final HistoryAddress address;
  private final Path directory;

  HistoryExport(HistoryAddress address, Path directory) {
    this.address = address;
    this.directory = directory;
  }

  List<BackupManifest.Entry> write() throws SQLException, IOException {
    List<BackupManifest.Entry> entries = new ArrayList<>();
    try (Connection connection = HistoryTables.connect(address)) {
      connection.setAutoCommit(false);
      for (String table : HistoryTables.names()) {
        Path file = directory.resolve("history-" + table + ".line.gz");
        entries.add(BackupManifest.entry(file, table, write(connection, table, file)));
      }
    }
    return entries;
  }

  private static long write(Connection connection, String table, Path file)
      throws SQLException, IOException {
    Map<String, String> types = types(connection, table);
    long rows = 0;
    try (BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet row =
          statement.executeQuery("SELECT cast(timestamp AS LONG) AS at_us, * FROM " + table)) {
        while (row.next()) {
          out.write(line(table, row, types));
          out.newLine();
          rows++;
        }
      }
    }
    connection.commit();
    return rows;
  }

  private static Map<String, String> types(Connection connection, String table)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns = statement.executeQuery("SHOW COLUMNS FROM " + table)) {
      while (columns.next()) {
        types.put(columns.getString("column"), columns.getString("type"));
      }
    }
    return types;
  }

  private static String line(String table, ResultSet row, Map<String, String> types)
      throws SQLException {
    Line line = new Line(table);
    ResultSetMetaData columns = row.getMetaData();
    for (int pass = 0; pass < 2; pass++) { // tags come first
      for (int column = 2; column <= columns.getColumnCount(); column++) {
        String name = columns.getColumnName(column);
        String type = types.getOrDefault(name, "");
        if (type.equals("SYMBOL") == (pass == 0) && row.getObject(column) != null) {
          add(line, name, type, row, column);
        }
      }
    }
    long micros = row.getLong(1);
    Instant at =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * NANOS_PER_MICRO);
    return line.at(at).orElse("");
  }

  private static void add(Line line, String name, String type, ResultSet row, int column)
      throws SQLException {
    switch (type) {
      case "SYMBOL" -> line.tag(name, row.getString(column));
      case "BOOLEAN" -> line.flag(name, row.getBoolean(column));
      case "LONG", "INT" -> line.whole(name, row.getLong(column));
      case "FLOAT" -> line.statistic(name, (double) row.getFloat(column));
      case "DOUBLE" -> line.number(name, row.getDouble(column));
      case "STRING", "VARCHAR" -> line.words(name, row.getString(column));
      default -> {
        // The time, which every line has.
      }
    }
  }
}
