package io.tocsin.alerting.replay.trace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time whose unit nobody promised: seconds, milliseconds, microseconds or nanoseconds since
 * 1970, or a date with time of day, with an offset or, without one, in UTC.
 *
 * <p>The unit of a number follows from its size. Seconds reach 10^11 in the year 5138, by when the
 * same number of milliseconds was passed in March 1973; no trace is from either side of that.
 */
final class TraceTime {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,19}(\\.\\d*)?");
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
              + "\\s*(Z|UTC|[+-]\\d\\d:?\\d\\d)?(?: .*)?");

  private static final double LEAST_MILLIS = 1e11;
  private static final double LEAST_MICROS = 1e14;
  private static final double LEAST_NANOS = 1e17;

  private TraceTime() {}

  /** The time of a text; null if it is none. */
  static Instant of(String text) {
    if (text == null) {
      return null;
    }
    if (NUMBER.matcher(text).matches()) {
      return ofNumber(Double.parseDouble(text));
    }
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return null;
    }
    try {
      String zone = date.group(3);
      ZoneOffset offset = zone == null || zone.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(zone);
      return LocalDateTime.parse(date.group(1) + "T" + date.group(2)).toInstant(offset);
    } catch (DateTimeException impossible) {
      return null;
    }
  }

  private static Instant ofNumber(double number) {
    double millis =
        number >= LEAST_NANOS
            ? number / 1e6
            : number >= LEAST_MICROS
                ? number / 1e3
                : number >= LEAST_MILLIS ? number : number * 1e3;
    return Instant.ofEpochMilli(Math.round(millis));
  }
}
