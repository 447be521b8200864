package io.tocsin.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** How things are written on a terminal. */
final class Terminal {

  private Terminal() {}

  /** Text from outside without control characters: a label must not move the cursor. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Several such texts, a line each. */
  static String lines(List<String> texts) {
    return texts.stream().map(Terminal::plain).collect(Collectors.joining("\n"));
  }

  /** {@code 950 ms}, {@code 12 s}, {@code 5 min}, {@code 3 h}. */
  static String span(Duration duration) {
    long ms = Math.max(0, duration.toMillis());
    if (ms < 1_000) {
      return ms + " ms";
    }
    if (ms < 120_000) {
      return ms / 1_000 + " s";
    }
    return ms < 7_200_000 ? ms / 60_000 + " min" : ms / 3_600_000 + " h";
  }

  /** Bytes as {@code 812 MB}. */
  static String megabytes(long bytes) {
    return Math.round(bytes / 1e6) + " MB";
  }
}
