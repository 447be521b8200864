package io.tocsin.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class BoardPainterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theMostUrgentComesFirstWithWhatIsLeftOfItsPromise() {
    List<String> lines =
        text(
            board(
                row("P0", "shop is down", NOW.minusSeconds(5)),
                row("P3", "it is slow", NOW.plusSeconds(4_000))),
            120,
            30);
    assertThat(lines).anyMatch(line -> line.contains("open incidents: 1 P0, 1 P3"));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("P0 open") && line.contains("late 5 s"))
        .anyMatch(line -> line.startsWith("P3 open") && line.contains("66 min left"));
  }

  @Test
  void whenNothingAnswersItSaysSoAndHowOldTheBoardIs() {
    Board old = board(row("P1", "x", null)).withTrouble("no pipeline answers");
    String first = text(old, 120, 20).get(0);
    assertThat(first).contains("no pipeline answers").contains("0 s old");
  }

  @Test
  void aPartThatIsNotUpIsNamed() {
    Board board =
        new Board(List.of(), Map.of(), List.of(), Map.of("streams", "REBALANCING"), 1, NOW, "");
    assertThat(text(board, 100, 10).get(0)).contains("streams: REBALANCING");
  }

  @Test
  void whatIsChosenIsOnTheScreenHoweverManyThereAre() {
    Board.Row[] many =
        IntStream.range(0, 500)
            .mapToObj(i -> row("P2", "number " + i + ".", null))
            .toArray(Board.Row[]::new);
    List<String> lines =
        BoardPainter.paint(board(many), 431, 100, 24, NOW, "").stream()
            .map(AttributedString::toString)
            .toList();
    assertThat(lines).hasSize(24).anyMatch(line -> line.contains("number 431."));
  }

  @Property(tries = 200)
  void noLineIsWiderThanTheTerminalAndNoTextMovesTheCursor(
      @ForAll String hostile, @ForAll @IntRange(min = 40, max = 200) int width) {
    Board board =
        new Board(
            List.of(row("P0", hostile, NOW)),
            Map.of("HOST", Map.of("DOWN", 1)),
            List.of(new Board.Troubled(hostile, "DOWN")),
            Map.of("streams", hostile),
            1,
            NOW,
            "");
    List<AttributedString> lines = BoardPainter.paint(board, 0, width, 30, NOW, hostile);
    assertThat(lines).hasSize(30);
    for (AttributedString line : lines) {
      assertThat(line.columnLength()).isLessThanOrEqualTo(width);
      assertThat(line.toString().codePoints())
          .noneMatch(point -> Character.isISOControl(point) || point == 0x202E);
    }
  }

  private static List<String> text(Board board, int width, int height) {
    return BoardPainter.paint(board, -1, width, height, NOW, "").stream()
        .map(AttributedString::toString)
        .toList();
  }

  private static Board board(Board.Row... rows) {
    return new Board(List.of(rows), Map.of(), List.of(), Map.of("streams", "UP"), 1, NOW, "");
  }

  private static Board.Row row(String priority, String summary, Instant dueAt) {
    return new Board.Row(
        "id", priority, "OPEN", "endpoint/shop", summary, NOW.minusSeconds(60), dueAt, "");
  }
}
