package io.tocsin.collectors.app.prometheus;

import io.tocsin.collectors.app.figure.Decimals;
import io.tocsin.collectors.app.figure.Labels;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.collectors.app.figure.TextCache;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * One line that carries a value: {@code name{label="value"} 1.5 1700000000000}. A name may also
 * stand in quotes inside the braces, as Prometheus 3 writes names that are not plain. Exemplars are
 * passed over. Used again for the next line; not thread-safe.
 */
final class SampleLine {

  private static final int LONGEST_NAME = 255;

  private final boolean openMetrics;
  private final TextCache texts;
  final Labels labels = new Labels();
  String name;
  double value;
  Instant at;

  private byte[] bytes;
  private int next;
  private int end;

  SampleLine(boolean openMetrics, TextCache texts) {
    this.openMetrics = openMetrics;
    this.texts = texts;
  }

  /** Reads a line; {@code at} is null if it has no timestamp of its own. */
  void read(byte[] line, int from, int to) throws Malformed {
    bytes = line;
    next = from;
    end = to;
    labels.clear();
    name = word();
    skipBlanks();
    if (next < end && bytes[next] == '{') {
      next++;
      readLabels();
    }
    if (name.isEmpty()) {
      throw new Malformed("there is no name");
    }
    if (name.length() > LONGEST_NAME) {
      throw new Malformed("the name is longer than " + LONGEST_NAME + " characters");
    }
    int start = field();
    if (start == next) {
      throw new Malformed("there is no value");
    }
    value = number(bytes, start, next);
    start = field();
    at = start == next || bytes[start] == '#' ? null : timestamp(start, next);
    start = at == null ? start : field();
    if (start < next && !(openMetrics && bytes[start] == '#')) {
      throw new Malformed("something follows the value and its timestamp");
    }
  }

  /** A number, infinity or NaN, as a Prometheus client writes it. */
  static double number(byte[] bytes, int from, int to) throws Malformed {
    int last = to > from ? bytes[to - 1] | 0x20 : '0';
    if (last != 'f' && last != 'n' && last != 'y') {
      return Decimals.decimal(bytes, from, to);
    }
    StringBuilder word = new StringBuilder();
    for (int i = from; i < Math.min(to, from + 10); i++) {
      word.append((char) (bytes[i] | (bytes[i] >= 'A' && bytes[i] <= 'Z' ? 0x20 : 0)));
    }
    return switch (word.toString()) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> throw new Malformed("the value is no number");
    };
  }

  private void readLabels() throws Malformed {
    while (true) {
      skipBlanks();
      if (next >= end) {
        throw new Malformed("the labels have no end");
      }
      if (bytes[next] == '}') {
        next++;
        return;
      }
      boolean inQuotes = bytes[next] == '"';
      String key = inQuotes ? quoted() : word();
      skipBlanks();
      if (next < end && bytes[next] == '=') {
        next++;
        skipBlanks();
        labels.add(key, quoted());
      } else if (inQuotes && name.isEmpty()) {
        name = key;
      } else {
        throw new Malformed("a label has no value");
      }
      skipBlanks();
      if (next < end && bytes[next] == ',') {
        next++;
      } else if (next >= end || bytes[next] != '}') {
        throw new Malformed("there is no comma between two labels");
      }
    }
  }

  /** Letters, digits, underscores and colons; may be empty. */
  private String word() throws Malformed {
    int start = next;
    while (next < end && wordByte(bytes[next])) {
      next++;
    }
    if (next > start && bytes[start] <= '9' && bytes[start] >= '0') {
      throw new Malformed("a name starts with a digit");
    }
    return texts.text(bytes, start, next);
  }

  private static boolean wordByte(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= ':' || b == '_';
  }

  private String quoted() throws Malformed {
    if (next >= end || bytes[next] != '"') {
      throw new Malformed("a label's value is not in quotes");
    }
    int start = ++next;
    boolean escaped = false;
    while (next < end && bytes[next] != '"') {
      boolean escape = bytes[next] == '\\';
      escaped |= escape;
      next += escape ? 2 : 1;
    }
    if (next >= end) {
      throw new Malformed("a quote is not closed");
    }
    int close = next++;
    return escaped ? unescaped(start, close) : texts.text(bytes, start, close);
  }

  private String unescaped(int from, int to) {
    byte[] plain = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\\') {
        byte meant = bytes[++i];
        if (meant == 'n') {
          b = '\n';
        } else if (meant == '"' || meant == '\\') {
          b = meant;
        } else {
          // Not an escape, so the backslash means itself.
          i--;
        }
      }
      plain[length++] = b;
    }
    return texts.text(plain, 0, length);
  }

  /** Goes over the next field and returns where it starts. */
  private int field() {
    skipBlanks();
    int start = next;
    while (next < end && !blank(bytes[next])) {
      next++;
    }
    return start;
  }

  private Instant timestamp(int from, int to) throws Malformed {
    try {
      if (!openMetrics) {
        return Instant.ofEpochMilli(Decimals.whole(bytes, from, to));
      }
      return seconds(Decimals.decimal(bytes, from, to));
    } catch (Malformed | DateTimeException e) {
      throw new Malformed("the timestamp is no number of a moment");
    }
  }

  /** A moment given in seconds, to the millisecond. */
  static Instant seconds(double seconds) throws Malformed {
    if (!(Math.abs(seconds) < 1e12)) {
      throw new Malformed("the moment is too far away");
    }
    return Instant.ofEpochMilli(Math.round(seconds * 1e3));
  }

  private void skipBlanks() {
    while (next < end && blank(bytes[next])) {
      next++;
    }
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }
}
