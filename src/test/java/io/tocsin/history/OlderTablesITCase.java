package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that an older version made goes on with the tables that it has. */
class OlderTablesITCase {

  private static final Instant AT = Instant.now().truncatedTo(ChronoUnit.HOURS);

  @Test
  void throughputsOfBeforeAreToldApartAndTakeTheSameWindowAsTheSame(@TempDir Path temp)
      throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    try (EmbeddedQuestDb questDb = new EmbeddedQuestDb(data, Ports.free())) {
      questDb.start();
      HistoryAddress place = QuestDbHistoryITCase.place(questDb);
      try (Connection connection = HistoryTables.connect(place);
          Statement statement = connection.createStatement()) {
        for (String table : List.of("throughputs", "throughputs_1m", "throughputs_1h")) {
          statement.execute(asBefore(table));
        }
        write(place, line("host/a", null, "rx_bytes_per_second_mean", 5).orElseThrow());
        write(place, line("service/shop", null, "requests_per_second_mean", 7).orElseThrow());
        awaitRows(statement, "host/a null 5.0 null", "service/shop null null 7.0");

        place.prepare();
        place.prepare(); // a second time changes nothing
        write(place, line("service/shop", "traffic", "rx_bytes_per_second_mean", 9).orElseThrow());
        write(place, line("service/shop", "requests", "requests_per_second_mean", 8).orElseThrow());

        awaitRows(
            statement,
            "host/a traffic 5.0 null",
            "service/shop requests null 8.0",
            "service/shop traffic 9.0 null");
      }
    }
  }

  private static String asBefore(String table) {
    return "CREATE TABLE "
        + table
        + " (timestamp TIMESTAMP, resource SYMBOL, kind SYMBOL, service SYMBOL, final BOOLEAN,"
        + " members LONG, rx_bytes_per_second_mean FLOAT, requests_per_second_mean FLOAT)"
        + " TIMESTAMP(timestamp) PARTITION BY DAY TTL 7 DAYS"
        + " WAL DEDUP UPSERT KEYS(timestamp, resource)";
  }

  private static java.util.Optional<String> line(
      String resource, String source, String figure, double value) {
    return new Line("throughputs")
        .tag("resource", resource)
        .tag("source", source)
        .whole("members", 0L)
        .statistic(figure, value)
        .at(AT);
  }

  private static void write(HistoryPlace place, String line) {
    try (PointStore store = place.points()) {
      assertThat(store.write(List.of(line))).isInstanceOf(PointStore.Answer.Stored.class);
    }
  }

  private static void awaitRows(Statement statement, String... expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(() -> assertThat(rows(statement, expected[0])).containsExactly(expected));
  }

  private static List<String> rows(Statement statement, String first) throws SQLException {
    boolean isMigrated = !first.contains(" null ");
    String source = isMigrated ? "source" : "'null'";
    List<String> rows = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT resource, "
                + source
                + " AS s, rx_bytes_per_second_mean, requests_per_second_mean FROM throughputs"
                + " ORDER BY resource, s")) {
      while (row.next()) {
        rows.add(
            String.join(
                " ",
                row.getString(1),
                row.getString(2),
                row.getString(3) == null ? "null" : Double.toString(row.getDouble(3)),
                row.getString(4) == null ? "null" : Double.toString(row.getDouble(4))));
      }
    }
    return rows;
  }
}
