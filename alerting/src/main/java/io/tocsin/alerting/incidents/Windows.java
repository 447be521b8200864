package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Recurrence;
import io.tocsin.schemas.Silence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TimeZone;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * When a silence holds. A recurring one begins at the local time of its first beginning on every
 * day that its rule names (<a href="https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10">RFC
 * 5545, 3.3.10</a>), also when the clocks have been put forward or back since, and lasts as long as
 * it says by any clock.
 */
public final class Windows {

  /** A longer occurrence is no recurrence. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** One stretch in which a silence holds; the end is not part of it. */
  record Window(Instant from, Instant to) {
    boolean contains(Instant moment) {
      return !moment.isBefore(from) && moment.isBefore(to);
    }
  }

  private Windows() {}

  /** The stretch that a moment lies in, else the next; empty if there is none any more. */
  static Optional<Window> currentOrNext(Silence silence, Instant moment) {
    Instant end = silence.getEndsAt();
    if (silence.getRevoked() || !moment.isBefore(end)) {
      return Optional.empty();
    }
    Recurrence recurrence = silence.getRecurrence();
    if (recurrence == null) {
      return Optional.of(new Window(silence.getStartsAt(), end));
    }
    try {
      return next(silence, recurrence, moment);
    } catch (InvalidRecurrenceRuleException invalid) {
      throw new IllegalStateException("silence " + silence.getId() + " was not checked", invalid);
    }
  }

  private static Optional<Window> next(Silence silence, Recurrence recurrence, Instant moment)
      throws InvalidRecurrenceRuleException {
    TimeZone zone = TimeZone.getTimeZone(ZoneId.of(recurrence.getZone()));
    RecurrenceRuleIterator starts =
        new RecurrenceRule(recurrence.getRule())
            .iterator(silence.getStartsAt().toEpochMilli(), zone);
    starts.fastForward(moment.toEpochMilli() - recurrence.getDurationMs());
    while (starts.hasNext()) {
      Instant from = Instant.ofEpochMilli(starts.nextMillis());
      Instant to = from.plusMillis(recurrence.getDurationMs());
      if (!from.isBefore(silence.getEndsAt())) {
        return Optional.empty();
      }
      if (to.isAfter(moment)) {
        boolean cut = to.isAfter(silence.getEndsAt());
        return Optional.of(new Window(from, cut ? silence.getEndsAt() : to));
      }
    }
    return Optional.empty();
  }

  /** Whether it holds at a moment. */
  public static boolean holds(Silence silence, Instant moment) {
    return currentOrNext(silence, moment).filter(window -> window.contains(moment)).isPresent();
  }

  /** When it begins or ends next after a moment; empty if it never does. */
  public static Optional<Instant> nextChange(Silence silence, Instant moment) {
    return currentOrNext(silence, moment)
        .map(window -> window.from().isAfter(moment) ? window.from() : window.to());
  }

  /** What is wrong with a recurrence; empty if nothing is. */
  static Optional<String> problem(Recurrence recurrence) {
    Duration lasts = Duration.ofMillis(recurrence.getDurationMs());
    if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(LONGEST) > 0) {
      return Optional.of("an occurrence has to last more than 0 and at most " + LONGEST);
    }
    try {
      ZoneId.of(recurrence.getZone());
    } catch (DateTimeException unknown) {
      return Optional.of(
          "zone " + recurrence.getZone() + " is not known; say a name such as Europe/Berlin");
    }
    try {
      RecurrenceRule rule = new RecurrenceRule(recurrence.getRule());
      boolean tooOften =
          rule.getFreq().compareTo(Freq.DAILY) > 0
              || rule.hasPart(RecurrenceRule.Part.BYHOUR)
              || rule.hasPart(RecurrenceRule.Part.BYMINUTE)
              || rule.hasPart(RecurrenceRule.Part.BYSECOND);
      return tooOften
          ? Optional.of("recurrence " + recurrence.getRule() + " comes more often than daily")
          : Optional.empty();
    } catch (InvalidRecurrenceRuleException invalid) {
      return Optional.of(
          "recurrence "
              + recurrence.getRule()
              + " is no rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=SA: "
              + invalid.getMessage());
    }
  }
}
