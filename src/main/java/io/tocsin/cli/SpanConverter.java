package io.tocsin.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 2d}. */
final class SpanConverter implements ITypeConverter<Duration> {

  private static final Pattern SPAN =
      Pattern.compile(
          "(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?(?:(\\d{1,9})ms)?");

  @Override
  public Duration convert(String text) {
    Matcher match = SPAN.matcher(text);
    if (text.isEmpty() || !match.matches()) {
      throw new TypeConversionException(
          "\"" + Terminal.plain(text) + "\" is no duration: write it as 90s, 30m, 1h30m or 2d");
    }
    return Duration.ofDays(number(match, 1))
        .plusHours(number(match, 2))
        .plusMinutes(number(match, 3))
        .plusSeconds(number(match, 4))
        .plusMillis(number(match, 5));
  }

  private static long number(Matcher match, int group) {
    return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
  }
}
