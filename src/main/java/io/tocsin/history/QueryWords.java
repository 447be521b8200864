package io.tocsin.history;

import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said about questions that cannot be answered, and the steps that people understand. */
final class QueryWords {

  /** Steps of clocks and calendars. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private static final int LONGEST_NAME_SHOWN = 60;

  private QueryWords() {}

  /** The finest usual step that gives at most so many rows. */
  static Duration stepFor(Instant from, Instant to, int rows) {
    Duration range = Duration.between(from, to);
    return STEPS.stream()
        .filter(step -> range.dividedBy(step) <= rows)
        .findFirst()
        .orElseGet(() -> Duration.ofDays(range.toDays() / rows + 1));
  }

  static String unknown(String name) {
    return "figure: there is no %s; there are %s"
        .formatted(
            plain(name),
            Figures.all().stream().map(HistoryFigure::name).collect(Collectors.joining(", ")));
  }

  static boolean isKind(String value) {
    return Arrays.stream(ResourceKind.values()).anyMatch(kind -> kind.name().equals(value));
  }

  static String unknownKind(String value) {
    return "kind: there is no %s; there are %s"
        .formatted(
            plain(value),
            Arrays.stream(ResourceKind.values())
                .map(ResourceKind::name)
                .filter(name -> !name.equals("UNSPECIFIED"))
                .collect(Collectors.joining(", ")));
  }

  static String span(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds == 0 || duration.getNano() != 0) {
      return duration.toMillis() + "ms";
    }
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  static String plain(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_NAME_SHOWN
        ? line
        : line.substring(0, LONGEST_NAME_SHOWN) + "...";
  }
}
