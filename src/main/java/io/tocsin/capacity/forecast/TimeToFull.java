package io.tocsin.capacity.forecast;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * When a figure reaches its ceiling, in days from the end of the history. The earliest is when the
 * upper end of the interval does, the latest when the lower end does; empty where that is not
 * within the days looked at.
 *
 * @param ceiling percentage that counts as full
 * @param earliest days
 * @param likely days
 * @param latest days
 * @param lookedAhead days looked at
 * @param tested days up to which the error of the forecast is known; beyond it is extrapolated
 */
public record TimeToFull(
    double ceiling,
    OptionalDouble earliest,
    OptionalDouble likely,
    OptionalDouble latest,
    double lookedAhead,
    double tested) {

  /** Whether the likely time rests on more than what was tested. */
  public boolean isExtrapolated() {
    return likely.isPresent() && likely.getAsDouble() > tested;
  }

  /** {@code 12 d (9 to 20)}, {@code not in 90 d}. */
  public String words() {
    if (earliest.isEmpty()) {
      return "not in " + days(lookedAhead) + " d";
    }
    String to = latest.isPresent() ? days(latest.getAsDouble()) : "over " + days(lookedAhead);
    String when = likely.isPresent() ? days(likely.getAsDouble()) : "over " + days(lookedAhead);
    return when + " d (" + days(earliest.getAsDouble()) + " to " + to + ")";
  }

  private static String days(double days) {
    return days < 10 && days != Math.rint(days)
        ? String.format(Locale.ROOT, "%.1f", days)
        : Long.toString(Math.round(days));
  }
}
