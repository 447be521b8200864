package io.tocsin.history;

import java.time.Instant;
import java.util.Optional;

/**
 * One point in the line protocol (<a
 * href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">reference</a>).
 * The client's own encoder lets a trailing backslash swallow a separator and control characters
 * through, and any of them spoils a whole batch; this one cannot. It also writes what statistics
 * are kept in, single precision, with as few digits as that needs. Not thread-safe.
 */
final class Line {

  /**
   * Longer texts are cut; InfluxDB refuses fields of 64 KiB and the embedded store long symbols.
   */
  static final int LONGEST_TAG = 1_024;

  static final int LONGEST_TEXT = 4_096;

  private static final int USUAL = 512;

  private final StringBuilder text = new StringBuilder(USUAL);
  private boolean hasFields;

  /**
   * @param table this program's own word
   */
  Line(String table) {
    text.append(table);
  }

  /** A tag under this program's own name; left out if there is no value. */
  Line tag(String name, String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    String clean = clean(value);
    text.append(',').append(name).append('=');
    for (int place = 0; place < clean.length(); place++) {
      char c = clean.charAt(place);
      if (c == ',' || c == ' ' || c == '=') {
        text.append('\\');
      }
      text.append(c);
    }
    return this;
  }

  /** A statistic, to single precision; left out if it is no number. */
  Line statistic(String name, Double value) {
    if (value != null && Math.abs(value) <= Float.MAX_VALUE) {
      field(name).append((float) (double) value);
    }
    return this;
  }

  /** A number; left out if it is none. */
  Line number(String name, Double value) {
    if (value != null && !value.isNaN() && !value.isInfinite()) {
      field(name).append((double) value);
    }
    return this;
  }

  /** A whole number; left out if it is null. */
  Line whole(String name, Long value) {
    if (value != null) {
      field(name).append((long) value).append('i');
    }
    return this;
  }

  /** Yes or no. */
  Line flag(String name, boolean value) {
    field(name).append(value ? 't' : 'f');
    return this;
  }

  /** Words for people; left out if there are none. */
  Line words(String name, String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    field(name).append('"');
    int length = Math.min(value.length(), LONGEST_TEXT);
    for (int place = 0; place < length; place++) {
      char c = value.charAt(place);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(Character.isISOControl(c) || isHalf(value, place) ? ' ' : c);
    }
    text.append('"');
    return this;
  }

  private StringBuilder field(String name) {
    text.append(hasFields ? ',' : ' ').append(name).append('=');
    hasFields = true;
    return text;
  }

  /** The line; empty if it has no field, as a point without one is none. */
  Optional<String> at(Instant time) {
    if (!hasFields) {
      return Optional.empty();
    }
    long nanos =
        Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    return Optional.of(text.append(' ').append(nanos).toString());
  }

  /** The table of a line; a name of this program's own has nothing that is escaped. */
  static String table(String line) {
    int end = 0;
    while (line.charAt(end) != ',' && line.charAt(end) != ' ') {
      end++;
    }
    return line.substring(0, end);
  }

  /**
   * A tag's value as it is kept, and as it has to be asked for. Databases disagree about what a
   * backslash escapes, so there is none; control characters and halves of characters become {@code
   * ?}; what is too long is cut.
   */
  static String clean(String value) {
    int length = Math.min(value.length(), LONGEST_TAG);
    StringBuilder clean = new StringBuilder(length);
    for (int place = 0; place < length; place++) {
      char c = value.charAt(place);
      if (c == '\\') {
        clean.append('/');
      } else {
        clean.append(Character.isISOControl(c) || isHalf(value, place) ? '?' : c);
      }
    }
    return clean.toString();
  }

  /** Whether half of a character stands there without its other half, or the cut parts them. */
  private static boolean isHalf(String text, int place) {
    char c = text.charAt(place);
    if (Character.isHighSurrogate(c)) {
      boolean cut = place + 1 == LONGEST_TAG || place + 1 == LONGEST_TEXT;
      return cut || place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1));
    }
    return Character.isLowSurrogate(c)
        && (place == 0
            || !Character.isHighSurrogate(text.charAt(place - 1))
            || place == LONGEST_TAG
            || place == LONGEST_TEXT);
  }
}
