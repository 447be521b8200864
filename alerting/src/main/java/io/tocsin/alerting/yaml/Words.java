package io.tocsin.alerting.yaml;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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

  static String of(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
