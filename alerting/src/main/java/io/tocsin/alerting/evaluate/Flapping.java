package io.tocsin.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what comes and goes: a series that began to fire or cleared {@value #MOST_FLIPS} times
 * within an hour is flapping, until nothing of that kind has happened for half an hour.
 *
 * <p>Two limits, the lower of them half of the higher, keep the holding itself from flapping, as
 * the flap detection of Nagios and of Kapacitor does ({@code flapping(0.25, 0.5)}). They measure
 * the share of changes among the last 21 checks, which means something else for each interval
 * between checks; here it is a number per time, as people are disturbed per time. Three pages
 * within an hour about the same thing tell nothing that the first two did not.
 *
 * @see <a href="https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/flapping.html">
 *     Nagios: detection and handling of state flapping</a>
 */
final class Flapping {

  /** Three times on and off. */
  static final int MOST_FLIPS = 6;

  /** Time in which they are counted. */
  static final Duration WINDOW = Duration.ofHours(1);

  /** Time without any after which it has settled. */
  static final Duration CALM = Duration.ofMinutes(30);

  private Flapping() {}

  /** Counts the step from one standing to the next, and begins or ends the holding. */
  static Standing count(Standing was, Standing next, Instant at) {
    boolean flipped = was.isFiring() != next.isFiring();
    if (next.flips().isEmpty() && !flipped) {
      return next;
    }
    List<Long> flips = new ArrayList<>(next.flips());
    if (flipped) {
      flips.add(at.toEpochMilli());
    }
    long oldest = at.minus(WINDOW).toEpochMilli();
    flips.removeIf(time -> time < oldest);
    if (flips.size() > MOST_FLIPS) {
      flips.remove(0);
    }
    Standing counted = next.flips(List.copyOf(flips));
    return next.flappingSince() == null ? begin(was, counted) : end(counted, at);
  }

  private static Standing begin(Standing was, Standing next) {
    if (next.flips().size() < MOST_FLIPS || was.isFiring() == next.isFiring()) {
      return next;
    }
    return next.flapping(next.isFiring() ? next.since() : was.since());
  }

  private static Standing end(Standing next, Instant at) {
    List<Long> flips = next.flips();
    boolean calm = flips.isEmpty() || flips.get(flips.size() - 1) < at.minus(CALM).toEpochMilli();
    if (!calm) {
      return next;
    }
    // What still fires goes on as the episode that was held, under its id.
    Standing settled =
        next.isFiring()
            ? next.firing(next.flappingSince(), next.firedAt()).goodSince(next.goodSince())
            : next;
    return settled.flips(List.of()).flapping(null);
  }
}
