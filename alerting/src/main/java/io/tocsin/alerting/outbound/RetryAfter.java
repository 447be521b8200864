package io.tocsin.alerting.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

  /** A receiver that asks for longer is asked again after this; ours. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  /** How long it asks to wait, from 0 to an hour; null where it says nothing that is understood. */
  static Duration parse(String header, Instant now) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(now, at));
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private static Duration bounded(Duration asked) {
    Duration positive = asked.isNegative() ? Duration.ZERO : asked;
    return positive.compareTo(LONGEST) > 0 ? LONGEST : positive;
  }
}
