package io.tocsin.history.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.FilledTables;
import io.tocsin.history.HistoryAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every question of every board is asked of the embedded QuestDB, as Grafana would ask it: by the
 * account that may only read.
 */
class QuestDbBoardsITCase {

  private static final Instant END = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @TempDir Path temp;

  @Test
  void noPanelIsEmptyForTheAccountThatMayNotWrite() throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    EmbeddedQuestDb questDb = new EmbeddedQuestDb(data, Ports.free());
    questDb.start();
    try {
      HistoryAddress place =
          new HistoryAddress(
              questDb.address(),
              questDb.authorization(),
              questDb.jdbcUrl(),
              EmbeddedQuestDb.USER,
              questDb.password());
      place.prepare();
      FilledTables.write(place, END);
      try (Connection connection =
              DriverManager.getConnection(
                  questDb.jdbcUrl(), EmbeddedQuestDb.READER, questDb.readerPassword());
          Statement statement = connection.createStatement()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> assertThat(empty(statement)).isEmpty());
        mayNotWrite(statement);
      }
      Path secret = data.secrets().resolve(EmbeddedQuestDb.READER_SECRET);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
      assertThat(questDb.readerPassword()).isNotEqualTo(questDb.password());
    } finally {
      questDb.close();
    }
  }

  private static void mayNotWrite(Statement statement) {
    for (String sql :
        List.of(
            "INSERT INTO windows (timestamp, resource) VALUES (now(), 'host/a')",
            "UPDATE windows SET members = 7",
            "TRUNCATE TABLE windows",
            "DROP TABLE windows",
            "ALTER TABLE windows ADD COLUMN more LONG",
            "ALTER TABLE windows DROP PARTITION WHERE timestamp > 0",
            "CREATE TABLE more (timestamp TIMESTAMP)",
            "CREATE TABLE more AS (SELECT * FROM windows)",
            "RENAME TABLE windows TO more")) {
      assertThatThrownBy(() -> statement.execute(sql))
          .as(sql)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  /** Questions without an answer, and the store's complaints. */
  private static List<String> empty(Statement statement) {
    List<String> empty = new ArrayList<>();
    for (ShownBoard board : ShownBoard.all(Store.QUESTDB)) {
      Map<String, String> macros = new HashMap<>();
      macros.put("$__timeFrom()", "'" + END.minus(Duration.ofHours(2)) + "'");
      macros.put("$__timeTo()", "'" + END + "'");
      for (JsonNode variable : board.variables()) {
        boolean isCustom = variable.get("type").asText().equals("custom");
        String query = ShownBoard.filledIn(variable.get("query").asText(), macros);
        List<String> choices =
            isCustom ? ShownBoard.listed(variable) : column(statement, query, 1, empty);
        macros.put(
            "${" + variable.get("name").asText() + ":sqlstring}",
            choices.stream()
                .map(choice -> "'" + choice.replace("'", "''") + "'")
                .collect(Collectors.joining(",")));
      }
      for (JsonNode panel : board.panels()) {
        macros.put("$__interval", panel.get("interval").asText());
        for (JsonNode target : ShownBoard.targets(panel)) {
          String text = ShownBoard.filledIn(target.get("rawSql").asText(), macros);
          boolean isLines = target.get("format").asText().equals("time_series");
          List<String> values = column(statement, text, isLines ? -1 : 2, empty);
          if (values.isEmpty()) {
            empty.add(board.file() + " " + panel.get("title") + ": " + text);
          }
        }
      }
    }
    return empty;
  }

  /**
   * What a column has, without what is unknown.
   *
   * @param column negative for the last
   */
  private static List<String> column(
      Statement statement, String text, int column, List<String> problems) {
    List<String> values = new ArrayList<>();
    try (ResultSet answer = statement.executeQuery(text)) {
      Instant before = Instant.MIN;
      while (answer.next()) {
        int place = column < 0 ? answer.getMetaData().getColumnCount() : column;
        String value = answer.getString(place);
        if (value != null) {
          values.add(value);
        }
        if (column < 0) { // Grafana refuses lines that are not in the order of time
          Instant at = answer.getTimestamp(1).toInstant();
          assertThat(at).as(text).isAfterOrEqualTo(before);
          before = at;
        }
      }
    } catch (SQLException refused) {
      problems.add(refused.getMessage() + ": " + text);
    }
    return values;
  }
}
