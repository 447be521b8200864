package io.tocsin.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Which place each step has in a cycle that repeats. It goes by the clock on people's wall, not by
 * counting steps, so that a day of 23 or 25 hours leaves the morning peak in the morning.
 *
 * @param name for people
 * @param period places in the cycle
 * @param places for each step, from 0
 */
record Season(String name, int period, int[] places) {

  /** Hours of the day, or what the step makes of them. */
  static Season daily(Instant start, Duration step, int length, ZoneId zone) {
    int aDay = (int) Duration.ofDays(1).dividedBy(step);
    int[] places = new int[length];
    for (int i = 0; i < length; i++) {
      ZonedDateTime at = start.plus(step.multipliedBy(i)).atZone(zone);
      places[i] = (int) (at.toLocalTime().toNanoOfDay() / step.toNanos()) % aDay;
    }
    return new Season("daily", aDay, places);
  }

  /** The same for hours of the week. */
  static Season weekly(Instant start, Duration step, int length, ZoneId zone) {
    Season day = daily(start, step, length, zone);
    int[] places = day.places();
    for (int i = 0; i < length; i++) {
      ZonedDateTime at = start.plus(step.multipliedBy(i)).atZone(zone);
      places[i] += (at.getDayOfWeek().getValue() - 1) * day.period();
    }
    return new Season("weekly", 7 * day.period(), places);
  }
}
