package io.tocsin.alerting.yaml;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Constants and numbers as people write them in files. */
public final class Words {

  private Words() {}

  /** All of an enum, such as {@code core, non-core}. */
  public static <E extends Enum<E>> String of(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> !constant.name().equals("UNSPECIFIED"))
        .map(Words::of)
        .collect(Collectors.joining(", "));
  }

  /** One constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A length of time, such as {@code 15m}, {@code 1h 30m} or {@code 0.5s}. */
  public static String of(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0 && time.toMillisPart() != 0) {
      return of(time.toMillis() / 1_000.0) + "s";
    }
    String parts =
        Stream.of(
                part(time.toDaysPart(), "d"),
                part(time.toHoursPart(), "h"),
                part(time.toMinutesPart(), "m"),
                part(time.toSecondsPart(), "s"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return parts.isEmpty() ? "0s" : parts;
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }

  static String of(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
