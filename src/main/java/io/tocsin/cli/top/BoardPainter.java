package io.tocsin.cli.top;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/**
 * Draws a board as lines of a terminal: a pure function of board, size and time. What comes from
 * outside loses its control characters, so that no label moves the cursor, and wide characters
 * count as two columns. A state is always a word; colour only helps.
 */
public final class BoardPainter {

  /** What keys do. */
  public static final String KEYS =
      "q quit · ↑↓ choose · a acknowledge for an hour · Enter its page";

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle SOFT = PLAIN.faint();
  private static final AttributedStyle CHOSEN = PLAIN.inverse();

  private static final Map<String, AttributedStyle> STYLES =
      Map.of(
          "P0", PLAIN.foreground(AttributedStyle.RED).bold(),
          "DOWN", PLAIN.foreground(AttributedStyle.RED).bold(),
          "P1", PLAIN.foreground(AttributedStyle.YELLOW).bold(),
          "P2", PLAIN.foreground(AttributedStyle.YELLOW),
          "BOTTLENECK", PLAIN.foreground(AttributedStyle.YELLOW),
          "P3", PLAIN.foreground(AttributedStyle.CYAN),
          "OK", PLAIN.foreground(AttributedStyle.GREEN));

  private BoardPainter() {}

  /**
   * The lines.
   *
   * @param chosen which incident is marked, from 0
   * @param width columns; at least 40 are used
   * @param height lines; never more are made
   * @param said what stands in the last line
   */
  public static List<AttributedString> paint(
      Board board, int chosen, int width, int height, Instant now, String said) {
    int columns = Math.max(40, width);
    List<AttributedString> lines = new ArrayList<>();
    lines.add(headline(board, columns, now));
    lines.addAll(fleet(board, columns));
    lines.add(AttributedString.EMPTY);
    int room = Math.max(1, height - lines.size() - 1);
    lines.addAll(incidents(board, chosen, columns, room, now));
    int left = height - lines.size() - 3;
    if (left > 0 && !board.troubled().isEmpty()) {
      lines.add(AttributedString.EMPTY);
      lines.addAll(troubled(board, columns, left));
    }
    while (lines.size() < height - 1) {
      lines.add(AttributedString.EMPTY);
    }
    List<AttributedString> shown = new ArrayList<>(lines.subList(0, Math.max(0, height - 1)));
    shown.add(text(plain(said), SOFT, columns));
    return shown;
  }

  private static AttributedString headline(Board board, int columns, Instant now) {
    List<String> bad =
        board.parts().entrySet().stream()
            .filter(part -> !"UP".equals(part.getValue()))
            .map(part -> part.getKey() + ": " + part.getValue())
            .toList();
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(PLAIN.bold(), "tocsin ");
    if (!board.trouble().isEmpty()) {
      line.styled(STYLES.get("P0"), plain(board.trouble()));
      if (board.at().isAfter(Instant.EPOCH)) {
        line.append("; what you see is " + span(Duration.between(board.at(), now)) + " old");
      }
    } else if (bad.isEmpty()) {
      line.styled(STYLES.get("OK"), "all " + board.parts().size() + " parts up");
      line.styled(SOFT, " · " + Math.round(board.residentBytes() / 1e6) + " MB");
    } else {
      line.styled(STYLES.get("P0"), plain(String.join("; ", bad)));
    }
    return fit(line.toAttributedString(), columns);
  }

  private static List<AttributedString> fleet(Board board, int columns) {
    List<AttributedString> lines = new ArrayList<>();
    board
        .kinds()
        .forEach(
            (kind, states) -> {
              int all = states.values().stream().mapToInt(Integer::intValue).sum();
              AttributedStringBuilder line = new AttributedStringBuilder();
              line.append(
                  String.format(
                      "%-10s %6d  ", plain(kind).toLowerCase(java.util.Locale.ROOT), all));
              states.forEach(
                  (state, count) -> {
                    if (count > 0) {
                      line.styled(STYLES.getOrDefault(state, SOFT), count + " " + state);
                      line.append("  ");
                    }
                  });
              if (all > 0) {
                lines.add(fit(line.toAttributedString(), columns));
              }
            });
    return lines;
  }

  private static List<AttributedString> incidents(
      Board board, int chosen, int columns, int room, Instant now) {
    List<AttributedString> lines = new ArrayList<>();
    String counts =
        board.incidents().stream()
            .collect(
                Collectors.groupingBy(
                    Board.Row::priority, java.util.TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    lines.add(
        text(
            board.incidents().isEmpty() ? "nothing is open" : "open incidents: " + counts,
            PLAIN.bold(),
            columns));
    int shown = Math.min(board.incidents().size(), Math.max(1, room - 1));
    int first = Math.max(0, Math.min(chosen - shown + 1, board.incidents().size() - shown));
    for (int i = first; i < first + shown; i++) {
      lines.add(row(board.incidents().get(i), i == chosen, columns, now));
    }
    return lines;
  }

  private static AttributedString row(Board.Row row, boolean chosen, int columns, Instant now) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(STYLES.getOrDefault(row.priority(), PLAIN), plain(row.priority()) + " ");
    line.append(String.format("%-12s ", plain(row.state()).toLowerCase(java.util.Locale.ROOT)));
    line.styled(SOFT, String.format("%8s  ", span(Duration.between(row.since(), now))));
    if (row.dueAt() != null) {
      Duration left = Duration.between(now, row.dueAt());
      boolean late = left.isNegative();
      line.styled(
          late ? STYLES.get("P0") : PLAIN,
          String.format("%-15s ", late ? "late " + span(left.negated()) : span(left) + " left"));
    } else {
      line.append(" ".repeat(16));
    }
    line.append(plain(row.summary()));
    if (!row.taken().isEmpty()) {
      line.styled(SOFT, " · " + plain(row.taken()) + " has it");
    }
    AttributedString whole = fit(line.toAttributedString(), columns);
    return chosen ? new AttributedString(whole.toString(), CHOSEN) : whole;
  }

  private static List<AttributedString> troubled(Board board, int columns, int room) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(text("resources in trouble: " + board.troubled().size(), PLAIN.bold(), columns));
    board.troubled().stream()
        .limit(room)
        .forEach(
            each ->
                lines.add(
                    fit(
                        new AttributedStringBuilder()
                            .styled(
                                STYLES.getOrDefault(each.state(), SOFT),
                                String.format("%-11s", plain(each.state())))
                            .append(plain(each.id()))
                            .toAttributedString(),
                        columns)));
    return lines;
  }

  private static AttributedString text(String text, AttributedStyle style, int columns) {
    return fit(new AttributedString(text, style), columns);
  }

  private static AttributedString fit(AttributedString line, int columns) {
    return line.columnLength() <= columns
        ? line
        : AttributedString.join(
            AttributedString.EMPTY,
            line.columnSubSequence(0, columns - 1),
            new AttributedString("…"));
  }

  /** Without control characters, and without what turns the direction of writing. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), 400));
    text.codePoints()
        .limit(400)
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean shown = type != Character.FORMAT && WCWidth.wcwidth(point) > 0;
              plain.appendCodePoint(shown ? point : '?');
            });
    return plain.toString();
  }

  /** {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}. */
  static String span(Duration duration) {
    long s = Math.max(0, duration.toSeconds());
    if (s < 120) {
      return s + " s";
    }
    if (s < 7_200) {
      return s / 60 + " min";
    }
    return s < 172_800 ? s / 3_600 + " h" : s / 86_400 + " d";
  }
}
