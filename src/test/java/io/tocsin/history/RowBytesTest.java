package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tocsin.sizing.Figures;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the sizing says of rows follows from the tables that are made. */
final class RowBytesTest {

  /** QuestDB's storage sizes; a STRING is its offset and here two characters. */
  private static final Map<String, Integer> BYTES =
      Map.of(
          "TIMESTAMP",
          8,
          "SYMBOL",
          4,
          "BOOLEAN",
          1,
          "DOUBLE",
          8,
          "FLOAT",
          4,
          "LONG",
          8,
          "INT",
          4,
          "STRING",
          12);

  private static final Pattern COLUMN =
      Pattern.compile("\\w+ (" + String.join("|", BYTES.keySet()) + ")\\b");

  private static int bytes(String table) {
    String columns =
        HistoryTables.statements().stream()
            .filter(sql -> sql.startsWith("CREATE TABLE IF NOT EXISTS " + table + " ("))
            .map(sql -> sql.substring(sql.indexOf('(') + 1, sql.indexOf(") TIMESTAMP(")))
            .findFirst()
            .orElseThrow();
    int bytes = 0;
    Matcher column = COLUMN.matcher(columns);
    while (column.find()) {
      bytes += BYTES.get(column.group(1));
    }
    return bytes;
  }

  @Test
  void rowsOfTheSizingAreAsLongAsThoseOfTheTables() {
    Figures figures = Figures.shipped();

    assertThat((double) bytes("windows"))
        .isCloseTo(figures.windowRow().value(), withinPercentage(3));
    assertThat((double) bytes("throughputs"))
        .isCloseTo(figures.throughputRow().value(), withinPercentage(3));
  }
}
