package io.tocsin.alerting.notify.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them at three in the morning: two units at most, and UTC. */
final class TimeText {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private TimeText() {}

  static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /** Such as {@code 42 min left} or {@code 1 h 5 min over}. */
  static String remaining(Duration remaining) {
    return length(remaining.abs()) + (remaining.isNegative() ? " over" : " left");
  }

  /** Such as {@code 35 s}, {@code 12 min} or {@code 2 d 3 h}; what is smaller is left out. */
  static String length(Duration length) {
    if (length.toMinutes() < 1) {
      return length.toSeconds() + " s";
    }
    if (length.toHours() < 1) {
      return length.toMinutes() + " min";
    }
    return length.toDays() < 1
        ? two(length.toHours(), "h", length.toMinutesPart(), "min")
        : two(length.toDays(), "d", length.toHoursPart(), "h");
  }

  private static String two(long many, String unit, int few, String smaller) {
    return many + " " + unit + (few == 0 ? "" : " " + few + " " + smaller);
  }
}
