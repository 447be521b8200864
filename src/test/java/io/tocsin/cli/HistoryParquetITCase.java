package io.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.Aggregate;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written as Parquet is read by somebody else's reader, that of QuestDB. */
class HistoryParquetITCase {

  private static final Instant FROM = Instant.parse("2026-01-31T12:00:00Z");
  private static final int ROWS = 200_000;

  @TempDir Path temp;

  private static HistoryQuery query() {
    return HistoryQuery.of(
        List.of("cpu_percent", "memory_percent"),
        Selector.all(),
        FROM,
        FROM.plus(Duration.ofDays(1)),
        Duration.ofSeconds(10),
        Aggregate.MEAN);
  }

  private static List<HistoryRow> rows(long seed) {
    Random random = new Random(seed);
    List<HistoryRow> rows = new ArrayList<>();
    for (int each = 0; each < ROWS; each++) {
      double[] values = {100 * random.nextDouble(), each % 3 == 0 ? Double.NaN : each};
      String resource = each % 2 == 0 ? "host/web-" + each % 500 : "vm/it's, \"é😀\"";
      rows.add(new HistoryRow(FROM.plusSeconds(10L * each), resource, "", values));
    }
    return rows;
  }

  @Test
  void anotherReaderFindsTheSameRowsAndTypes() throws Exception {
    long seed = System.nanoTime();
    System.out.println("parquet: seed " + seed);
    DataDirectory data = new DataDirectory(temp.resolve("data"));
    data.create();
    Path file = Files.createDirectories(data.questDb().resolve("import")).resolve("h.parquet");
    List<HistoryRow> written = rows(seed);
    try (HistoryParquet parquet = new HistoryParquet(query(), file)) {
      written.forEach(parquet::row);
      assertThat(file).as("it has no name until it is whole").doesNotExist();
      assertThat(parquet.end()).isEqualTo(ROWS);
    }
    EmbeddedQuestDb questDb = new EmbeddedQuestDb(data, Ports.free());
    questDb.start();
    try (Connection connection =
            DriverManager.getConnection(
                questDb.jdbcUrl(), EmbeddedQuestDb.USER, questDb.password());
        Statement statement = connection.createStatement()) {
      same(written, statement);
      try (ResultSet types =
          statement.executeQuery(
              "SELECT typeOf(at), typeOf(resource), typeOf(cpu_percent)"
                  + " FROM read_parquet('h.parquet') LIMIT 1")) {
        types.next();
        assertThat(types.getString(1)).startsWith("TIMESTAMP");
        assertThat(types.getString(2)).isEqualTo("VARCHAR");
        assertThat(types.getString(3)).isEqualTo("DOUBLE");
      }
    } finally {
      questDb.close();
    }
  }

  private static void same(List<HistoryRow> written, Statement statement) throws Exception {
    int place = 0;
    try (ResultSet read =
        statement.executeQuery(
            "SELECT cast(at AS LONG), resource, part, cpu_percent, memory_percent"
                + " FROM read_parquet('h.parquet')")) {
      while (read.next()) {
        HistoryRow row = written.get(place++);
        assertThat(read.getLong(1)).isEqualTo(1_000 * row.at().toEpochMilli());
        assertThat(read.getString(2)).isEqualTo(row.resource());
        assertThat(read.getString(3)).isNullOrEmpty();
        double[] values = {number(read, 4), number(read, 5)};
        assertThat(Arrays.equals(values, row.values())).isTrue();
      }
    }
    assertThat(place).isEqualTo(ROWS);
  }

  private static double number(ResultSet row, int column) throws Exception {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  @Test
  void aFileThatIsNotEndedLeavesNothingBehind() throws Exception {
    Path file = temp.resolve("h.parquet");
    try (HistoryParquet parquet = new HistoryParquet(query(), file)) {
      parquet.row(rows(1).get(0));
    }
    assertThat(temp).isEmptyDirectory();
  }
}
