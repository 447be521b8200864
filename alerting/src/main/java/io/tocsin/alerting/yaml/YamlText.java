package io.tocsin.alerting.yaml;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A scalar, and where it stands. Answers what cannot be read as asked with a problem. */
public final class YamlText {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private final YamlSource source;
  private final ScalarNode node;
  private final String key;

  YamlText(YamlSource source, ScalarNode node, String key) {
    this.source = source;
    this.node = node;
    this.key = key;
  }

  /** As it is written, without its quotes. */
  public String value() {
    return node.getValue();
  }

  /** Says what is wrong with it. */
  public void problem(String message) {
    source.problem(node.getStartMark(), key, message);
  }

  /**
   * Says what is wrong at a place in it.
   *
   * @param offset of that place in {@link #value()}, in characters
   */
  public void problemAt(int offset, String message) {
    Mark start = node.getStartMark();
    String text = source.text();
    int from = source.offset(start);
    int at = align(text, from, Math.min(offset, value().length()));
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    int line =
        source.line(start) + (int) text.substring(from, at).chars().filter(c -> c == '\n').count();
    source.problem(line, text.codePointCount(lineStart, at) + 1, key, message);
  }

  /** A duration such as {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 7d}. */
  public Optional<Duration> duration() {
    Matcher matcher = DURATION.matcher(value());
    if (!matcher.matches()) {
      problem("is not a duration; write 500ms, 2s, 5m, 1h or 7d");
      return Optional.empty();
    }
    return Optional.of(duration(matcher));
  }

  private static Duration duration(Matcher matcher) {
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** A time such as {@code 3m20s}: durations one after the other, largest unit first or not. */
  public Optional<Duration> span() {
    Matcher matcher = DURATION.matcher(value());
    Duration sum = Duration.ZERO;
    int done = 0;
    while (matcher.find() && matcher.start() == done) {
      sum = sum.plus(duration(matcher));
      done = matcher.end();
    }
    if (done == value().length() && done > 0) {
      return Optional.of(sum);
    }
    problem("is not a time; write 20s, 3m20s or 1h30m");
    return Optional.empty();
  }

  /** A constant as people write it: {@code non-core} is NON_CORE. UNSPECIFIED cannot be written. */
  public <E extends Enum<E>> Optional<E> word(Class<E> type) {
    String name = value().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name) && !name.equals("UNSPECIFIED")) {
        return Optional.of(constant);
      }
    }
    problem("is not one of " + Words.of(type));
    return Optional.empty();
  }

  /** A finite number within bounds. */
  public Optional<Double> number(double least, double most) {
    try {
      double number = Double.parseDouble(value());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    problem("is not a number from " + Words.of(least) + " to " + Words.of(most));
    return Optional.empty();
  }

  /** Whether it is true. */
  public Optional<Boolean> bool() {
    if (value().equals("true") || value().equals("false")) {
      return Optional.of(value().equals("true"));
    }
    problem("is neither true nor false");
    return Optional.empty();
  }

  /**
   * Finds a place of the value in the source, where quotes, escapes, indentation and folded lines
   * stand between: what does not correspond is passed over.
   */
  private int align(String text, int from, int offset) {
    String value = value();
    int at = from;
    // A block's text begins below its header, which may hold characters of the value by chance.
    if (at < text.length() && (text.charAt(at) == '|' || text.charAt(at) == '>')) {
      at = text.indexOf('\n', at) + 1;
    }
    int end = source.offset(node.getEndMark());
    int done = 0;
    while (at < end) {
      char written = text.charAt(at);
      boolean folded =
          done < value.length()
              && value.charAt(done) == ' '
              && (written == '\n' || written == '\r');
      if (done < value.length() && (written == value.charAt(done) || folded)) {
        if (done == offset) {
          return at;
        }
        done++;
      }
      at++;
    }
    return at;
  }
}
