package io.tocsin.collectors.app.influx;

import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.collectors.app.figure.TextCache;
import java.util.function.Consumer;

/**
 * Reads a body of InfluxDB line protocol. Each number or truth value (1 or 0) becomes a figure
 * named {@code <measurement>_<field>}, or {@code <measurement>} for a field called {@code value};
 * tags become labels. Text is no figure: a text field is passed over, and a line with nothing else
 * is fine and gives nothing. A line is taken whole or not at all. Not thread-safe.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">syntax</a>
 */
public final class LineProtocol {

  /** Longest line in bytes. */
  static final int LONGEST_LINE = 64 * 1024;

  /** A body with more bad lines is not line protocol; reading on would only burn time. */
  static final int MOST_BAD_LINES = 1_000;

  /** Takes what is wrong with a line. */
  @FunctionalInterface
  public interface BadLines {
    /** One bad line; numbers start at 1. */
    void bad(int line, String what);
  }

  private final PointLine point;
  private final Consumer<Figure> figures;
  private final BadLines badLines;

  /**
   * A reader.
   *
   * @param precision of the timestamps
   */
  public LineProtocol(
      Precision precision, TextCache texts, Consumer<Figure> figures, BadLines badLines) {
    this.point = new PointLine(precision, texts);
    this.figures = figures;
    this.badLines = badLines;
  }

  /**
   * Reads a whole body.
   *
   * @return how many lines it has that are neither empty nor comments
   */
  public int read(byte[] body, int length) {
    int lines = 0;
    int bad = 0;
    int number = 1;
    for (int start = 0; start < length; ) {
      int newline = newline(body, start, length);
      int next = newline + 1;
      int from = skipBlanks(body, start, newline);
      if (from < newline && body[from] != '#' && !(body[from] == '\r' && from + 1 == newline)) {
        lines++;
        try {
          // Text may go on in the next line, so the end is known only when the line is read.
          int end = Math.min(length, from + LONGEST_LINE);
          next = point.read(body, from, end, end < length) + 1;
          point.forEach(figures);
        } catch (Malformed e) {
          badLines.bad(number, e.getMessage());
          bad++;
        }
      }
      if (bad == MOST_BAD_LINES && next < length) {
        badLines.bad(number + 1, "too many bad lines; this and all that follow were not read");
        return lines + 1;
      }
      number += newlines(body, start, Math.min(next, length));
      start = next;
    }
    return lines;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static int newline(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private static int newlines(byte[] bytes, int from, int to) {
    int found = 0;
    for (int i = from; i < to; i++) {
      found += bytes[i] == '\n' ? 1 : 0;
    }
    return found;
  }
}
