package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.signal.FieldDoc;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values over time as people write them, in the manner of promtool's tests: parts with blanks
 * between, {@code 10x6} for six tens, {@code _x3} for three times nothing, {@code 1+2x4} for four
 * values that begin at 1 and rise by 2, {@code 9-2x4} for four that fall, and words such as {@code
 * true} or {@code DOWNx2}. Unlike promtool's, a count is always how many values there are.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/">the
 *     notation of promtool</a>
 */
final class SeriesNotation {

  /** Most values of one series; ours: eleven days of 10 s. */
  static final int MOST = 100_000;

  private static final String NUMBER = "-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?";
  private static final Pattern PART = Pattern.compile("\\S+");
  private static final Pattern STEPS =
      Pattern.compile("(" + NUMBER + ")([+-])([0-9]+(?:\\.[0-9]+)?)x([0-9]{1,9})");
  private static final Pattern REPEATED = Pattern.compile("(.+?)(?:x([0-9]{1,9}))?");

  private SeriesNotation() {}

  /** What came of reading. */
  sealed interface Parsed {
    /** Values; null for a gap. */
    record Values(List<Object> values) implements Parsed {}

    /** What is wrong, and where in the text. */
    record Wrong(int offset, String message) implements Parsed {}
  }

  /** Reads the values of a figure. */
  static Parsed parse(String text, FieldDoc figure) {
    return parse(text, figure, MOST);
  }

  /** The same, of so many values at most. */
  static Parsed parse(String text, FieldDoc figure, int most) {
    List<Object> values = new ArrayList<>();
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      String wrong = part(parts.group(), figure, values, Math.min(most, MOST));
      if (wrong != null) {
        return new Parsed.Wrong(parts.start(), wrong);
      }
    }
    return values.isEmpty()
        ? new Parsed.Wrong(0, "has no values; write such as 10x6 95x20")
        : new Parsed.Values(values);
  }

  /** Adds the values of a part; what is wrong with it, or null. */
  private static String part(String part, FieldDoc figure, List<Object> values, int most) {
    Matcher steps = STEPS.matcher(part);
    if (steps.matches()) {
      int count = Integer.parseInt(steps.group(4));
      double step = Double.parseDouble(steps.group(2) + steps.group(3));
      String wrong = wrong(part, steps.group(1), figure, count, values.size(), most);
      for (int i = 0; wrong == null && i < count; i++) {
        values.add(Double.parseDouble(steps.group(1)) + i * step);
      }
      return wrong;
    }
    Matcher repeated = REPEATED.matcher(part);
    if (!repeated.matches()) {
      return part + " is no value";
    }
    String value = repeated.group(1);
    int count = repeated.group(2) == null ? 1 : Integer.parseInt(repeated.group(2));
    String wrong = wrong(part, value, figure, count, values.size(), most);
    for (int i = 0; wrong == null && i < count; i++) {
      values.add(value(value, figure));
    }
    return wrong;
  }

  private static String wrong(
      String part, String value, FieldDoc figure, int count, int before, int most) {
    if (count == 0) {
      return part + " is no value at all";
    }
    if ((long) before + count > most) {
      return "has too many values; " + most + " are allowed";
    }
    if (value.equals("_")) {
      return null;
    }
    return switch (figure.type()) {
      case NUMBER -> value.matches(NUMBER) ? null : value + " is no number";
      case BOOL -> value.matches("true|false") ? null : value + " is neither true nor false";
      case TEXT ->
          figure.words().isEmpty() || figure.words().contains(value)
              ? null
              : value + " is not one of " + String.join(", ", figure.words());
      case LABELS -> "labels do not change over time";
    };
  }

  private static Object value(String value, FieldDoc figure) {
    if (value.equals("_")) {
      return null;
    }
    return switch (figure.type()) {
      case NUMBER -> (Object) Double.parseDouble(value);
      case BOOL -> value.equals("true");
      default -> value;
    };
  }
}
