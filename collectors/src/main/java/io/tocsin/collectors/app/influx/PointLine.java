package io.tocsin.collectors.app.influx;

import io.tocsin.collectors.app.figure.Decimals;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.Labels;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.schemas.MeasurementType;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One point: measurement, tags, fields, timestamp. Used again for the next; not thread-safe. */
final class PointLine {

  private static final int LONGEST_NAME = 255;
  private static final int MOST_FIELDS = 1_024;

  private static final int MOST_NAMES = 4_096;

  private record Name(String measurement, String field) {}

  private final Precision precision;
  private final TextCache texts;
  private final Labels tags = new Labels();
  private final Map<Name, String> joined = new HashMap<>();
  private String[] names = new String[16];
  private double[] values = new double[16];
  private int fields;
  private Instant at;

  private byte[] bytes;
  private int next;
  private int end;

  PointLine(Precision precision, TextCache texts) {
    this.precision = precision;
    this.texts = texts;
  }

  /**
   * Reads a line.
   *
   * @param to where the line must have ended
   * @param cut whether the body goes on there
   * @return where its newline is, or the end
   */
  int read(byte[] body, int from, int to, boolean cut) throws Malformed {
    bytes = body;
    next = from;
    end = to;
    fields = 0;
    at = null;
    tags.clear();
    String measurement = part(false, "the measurement");
    while (at(',')) {
      next++;
      String key = part(true, "a tag's name");
      expect('=', "a tag has no value");
      tags.add(key, part(true, "a tag's value"));
    }
    if (!at(' ')) {
      throw new Malformed("there are no fields");
    }
    skipSpaces();
    readField(measurement);
    while (at(',')) {
      next++;
      readField(measurement);
    }
    skipSpaces();
    if (next < end && bytes[next] != '\n' && bytes[next] != '\r') {
      readTimestamp();
    }
    skipSpaces();
    if (at('\r')) {
      next++;
    }
    if (next < end && bytes[next] != '\n') {
      throw new Malformed("something follows the timestamp");
    }
    if (next == end && cut) {
      throw new Malformed("the line is longer than " + LineProtocol.LONGEST_LINE + " bytes");
    }
    return next;
  }

  /** Hands on what was read. */
  void forEach(Consumer<Figure> figures) {
    Map<String, String> labels = tags.toMap();
    for (int i = 0; i < fields; i++) {
      figures.accept(Figure.of(names[i], labels, MeasurementType.GAUGE, values[i], at));
    }
  }

  /** A name or a tag's value: ends before a comma or a blank, and before an equals sign as well. */
  private String part(boolean endsAtEquals, String what) throws Malformed {
    int start = next;
    boolean escaped = false;
    while (next < end) {
      byte b = bytes[next];
      if (b == ',' || b == ' ' || b == '\n' || b == '\r' || b == '=' && endsAtEquals) {
        break;
      }
      boolean escape = b == '\\' && next + 1 < end && escapable(bytes[next + 1], endsAtEquals);
      escaped |= escape;
      next += escape ? 2 : 1;
    }
    if (next == start) {
      throw new Malformed(what + " is missing");
    }
    return escaped ? unescaped(start, next, endsAtEquals) : texts.text(bytes, start, next);
  }

  private static boolean escapable(byte b, boolean equalsToo) {
    return b == ',' || b == ' ' || b == '\\' || b == '=' && equalsToo;
  }

  private String unescaped(int from, int to, boolean equalsToo) {
    byte[] plain = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\' && i + 1 < to && escapable(bytes[i + 1], equalsToo)) {
        i++;
      }
      plain[length++] = bytes[i];
    }
    return texts.text(plain, 0, length);
  }

  private void readField(String measurement) throws Malformed {
    String key = part(true, "a field's name");
    expect('=', "a field has no value");
    if (at('"')) {
      skipText();
      return;
    }
    int start = next;
    while (next < end && bytes[next] != ',' && bytes[next] > ' ') {
      next++;
    }
    double value = value(start, next);
    String name = key.equals("value") ? measurement : name(measurement, key);
    if (name.length() > LONGEST_NAME) {
      throw new Malformed("the name is longer than " + LONGEST_NAME + " characters");
    }
    if (fields == MOST_FIELDS) {
      throw new Malformed("there are more than " + MOST_FIELDS + " fields");
    }
    if (fields == names.length) {
      names = Arrays.copyOf(names, 2 * fields);
      values = Arrays.copyOf(values, 2 * fields);
    }
    names[fields] = name;
    values[fields++] = value;
  }

  private String name(String measurement, String key) {
    if (joined.size() == MOST_NAMES) {
      joined.clear();
    }
    return joined.computeIfAbsent(
        new Name(measurement, key), name -> name.measurement() + '_' + name.field());
  }

  private double value(int from, int to) throws Malformed {
    if (from == to) {
      throw new Malformed("a field has no value");
    }
    return switch (bytes[to - 1]) {
      case 'i' -> Decimals.whole(bytes, from, to - 1);
      case 'u' -> unsigned(from, to - 1);
      case 't', 'T', 'f', 'F', 'e', 'E' -> truth(from, to);
      default -> Decimals.decimal(bytes, from, to);
    };
  }

  private double unsigned(int from, int to) throws Malformed {
    if (to - from > 20 || from < to && (bytes[from] < '0' || bytes[from] > '9')) {
      throw new Malformed("an unsigned number is not from 0 to 2^64 - 1");
    }
    if (to - from < 19) {
      return Decimals.whole(bytes, from, to);
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw new Malformed("an unsigned number is not from 0 to 2^64 - 1");
      }
    }
    double value = Decimals.decimal(bytes, from, to);
    if (value > 0x1p64) {
      throw new Malformed("an unsigned number is not from 0 to 2^64 - 1");
    }
    return value;
  }

  private double truth(int from, int to) throws Malformed {
    for (String yes : new String[] {"t", "T", "true", "True", "TRUE"}) {
      if (is(yes, from, to)) {
        return 1;
      }
    }
    for (String no : new String[] {"f", "F", "false", "False", "FALSE"}) {
      if (is(no, from, to)) {
        return 0;
      }
    }
    throw new Malformed("a value is neither number, truth value nor text in quotes");
  }

  private boolean is(String word, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  private void skipText() throws Malformed {
    next++;
    while (next < end && bytes[next] != '"') {
      next += bytes[next] == '\\' ? 2 : 1;
    }
    if (next >= end) {
      throw new Malformed("a quote is not closed");
    }
    next++;
    if (next < end && bytes[next] != ',' && bytes[next] > ' ') {
      throw new Malformed("something follows a text in quotes");
    }
  }

  private void readTimestamp() throws Malformed {
    int start = next;
    while (next < end && bytes[next] > ' ') {
      next++;
    }
    try {
      at = precision.at(Decimals.whole(bytes, start, next));
    } catch (Malformed e) {
      throw new Malformed("the timestamp is no whole number");
    }
    if (at == null) {
      throw new Malformed("the timestamp is too far away; is the precision right?");
    }
  }

  private void expect(char wanted, String otherwise) throws Malformed {
    if (!at(wanted)) {
      throw new Malformed(otherwise);
    }
    next++;
  }

  private boolean at(char wanted) {
    return next < end && bytes[next] == wanted;
  }

  private void skipSpaces() {
    while (at(' ')) {
      next++;
    }
  }
}
