package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL of {@code history.md} answers. */
class AnalystQuestionsITCase {

  private static final Pattern QUESTION = Pattern.compile("```sql\\n(.*?);\\n```", Pattern.DOTALL);

  @TempDir Path temp;

  @Test
  void everyQuestionOfTheManualHasAnAnswer() throws Exception {
    Path manual = Path.of("site/markdown/history.md");
    List<String> questions = new ArrayList<>();
    Matcher match = QUESTION.matcher(Files.readString(manual));
    while (match.find()) {
      questions.add(match.group(1));
    }
    assertThat(questions).hasSize(10);
    DataDirectory data = new DataDirectory(temp);
    data.create();
    EmbeddedQuestDb questDb = new EmbeddedQuestDb(data, Ports.free());
    questDb.start();
    try {
      HistoryAddress place = QuestDbHistoryITCase.place(questDb);
      place.prepare();
      fill(place);
      try (Connection connection = HistoryTables.connect(place);
          Statement statement = connection.createStatement()) {
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () ->
                    assertThat(questions)
                        .allSatisfy(
                            question -> assertThat(rows(statement, question)).isPositive()));
      }
    } finally {
      questDb.close();
    }
  }

  private static int rows(Statement statement, String question) throws SQLException {
    int rows = 0;
    try (ResultSet answer = statement.executeQuery(question)) {
      while (answer.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static void fill(HistoryPlace place) {
    Instant at = Instant.now().minusSeconds(600);
    List<String> lines = new ArrayList<>();
    for (String tier : List.of("", "_1m", "_1h")) {
      for (String kind : List.of("VM", "CONTAINER")) {
        lines.add(load("windows" + tier, kind + "/a", kind, 0).at(at).orElseThrow());
      }
      lines.add(load("windows" + tier, "rollup/fleet", "UNSPECIFIED", 2).at(at).orElseThrow());
      lines.add(
          new Line("throughputs" + tier)
              .tag("resource", "service/shop")
              .tag("kind", "SERVICE")
              .tag("service", "shop")
              .tag("source", "requests")
              .whole("members", 2L)
              .statistic("requests_per_second_mean", 5.0)
              .at(at)
              .orElseThrow());
      lines.add(latency("latencies" + tier, "endpoint/shop", 0).at(at).orElseThrow());
      lines.add(latency("latencies" + tier, "service/shop", 2).at(at).orElseThrow());
    }
    lines.add(
        new Line("business")
            .tag("resource", "shop")
            .tag("name", "orders")
            .number("business_value", 7.0)
            .at(at.plusSeconds(1))
            .orElseThrow());
    lines.add(
        new Line("incidents")
            .tag("id", "i1")
            .words("priority", "P1")
            .words("state", "RESOLVED")
            .whole("opened_ms", 1_000L)
            .whole("resolved_ms", 61_000L)
            .at(at)
            .orElseThrow());
    lines.add(
        new Line("heal_results")
            .tag("plan", "p1")
            .tag("action", "restart")
            .tag("outcome", "SUCCEEDED")
            .whole("took_ms", 900L)
            .at(at)
            .orElseThrow());
    try (PointStore store = place.points()) {
      assertThat(store.write(lines)).isInstanceOf(PointStore.Answer.Stored.class);
    }
  }

  private static Line load(String table, String resource, String kind, long members) {
    return new Line(table)
        .tag("resource", resource)
        .tag("kind", kind)
        .whole("members", members)
        .whole("memory_bytes", 1L << 30)
        .statistic("filesystem_percent", 40.0)
        .statistic("cpu_percent_mean", 20.0)
        .statistic("memory_percent_mean", 30.0)
        .statistic("memory_percent_max", 35.0)
        .statistic("throttled_percent_mean", 3.0)
        .statistic("throttled_percent_max", 9.0);
  }

  private static Line latency(String table, String resource, long members) {
    return new Line(table)
        .tag("resource", resource)
        .tag("source", "PROBES")
        .whole("members", members)
        .statistic("latency_ms_max", 9.0)
        .statistic("latency_p99_ms", 8.0)
        .statistic("error_percent", 1.0);
  }
}
