package io.tocsin.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** QuestDB on a host of its own, with the settings of the image's, and what history it has. */
final class Store {

  private static final String PASSWORD = "chosen-for-one-trial";
  private static final int HTTP = 9000;
  private static final int SQL = 8812;

  private final Part part;
  private final Path password;

  Store(Hosts hosts, Path directory) throws Exception {
    Host host = hosts.host("store");
    Path at = Files.createDirectories(directory.resolve("store"));
    password = Files.writeString(directory.resolve("store-password"), PASSWORD);
    List<String> command = new ArrayList<>(settings());
    command.add("QDB_HTTP_BIND_TO=" + host.address() + ":" + HTTP);
    command.add("QDB_PG_NET_BIND_TO=" + host.address() + ":" + SQL);
    command.add("QDB_HTTP_PASSWORD=" + PASSWORD);
    command.add("QDB_PG_PASSWORD=" + PASSWORD);
    command.addAll(Java.small(256));
    command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));
    command.addAll(List.of("--add-exports=java.base/jdk.internal.math=ALL-UNNAMED"));
    command.addAll(List.of("-cp", Java.libraries(), "io.questdb.ServerMain"));
    Path data = Files.createDirectories(at.resolve("data"));
    command.addAll(List.of("-d", data.toString(), "-n"));
    this.part = new Part("store", host, at, command);
  }

  /** What the image sets, as assignments that {@code env} understands. */
  private static List<String> settings() throws IOException {
    Path file = Path.of("../deploy/image/engines/questdb.env");
    return Files.readAllLines(file).stream().filter(line -> line.matches("QDB_\\w+=.*")).toList();
  }

  void start() throws IOException {
    part.start();
  }

  void awaitRunning() {
    await("a store")
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> ask("SELECT 'store', 'answers'").size() == 1);
  }

  /** The section {@code history:} of who writes into it. */
  String configuration() {
    String host = part.host().address();
    return """
        history:
          questdb: {url: "http://%s:%d", sql: "%s:%d", user: tocsin, password: {file: "%s"}, plain-text: true}
        """
        .formatted(host, HTTP, host, SQL, password);
  }

  Part part() {
    return part;
  }

  /** States by incident, as history has them. */
  Map<String, String> incidents() throws SQLException {
    Map<String, String> states = new TreeMap<>();
    ask("SELECT id, state FROM incidents").forEach(row -> states.put(row.get(0), row.get(1)));
    return states;
  }

  /** Resource and start of each final window of ten seconds: {@code host/a 1700000000000}. */
  Set<String> windows() throws SQLException {
    Set<String> windows = new TreeSet<>();
    ask("SELECT resource, cast(timestamp AS LONG) / 1000 FROM windows WHERE final")
        .forEach(row -> windows.add(row.get(0) + " " + row.get(1)));
    return windows;
  }

  private List<List<String>> ask(String sql) throws SQLException {
    String url =
        "jdbc:postgresql://%s:%d/qdb?sslmode=disable&connectTimeout=5&socketTimeout=30"
            .formatted(part.host().address(), SQL);
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "tocsin", PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(List.of(found.getString(1), found.getString(2)));
      }
    }
    return rows;
  }
}
