package io.tocsin.streams.rollup;

import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.List;

/**
 * When roll-ups are final. All but the sizes are wall time: a group has no clock of its own, and
 * one member's wrong clock must not close the others' windows.
 *
 * @param sizes lengths of the windows, ascending, each a multiple of the first
 * @param grace how long after a window's end its parts are expected
 * @param quiet how long no part may have come before a window is final
 * @param retention how long after its last part a window may still be corrected
 * @param forgetAfter how long is remembered up to where a group's windows are gone, so that what
 *     comes later still counts as late rather than as a window of its own
 */
public record RollupSettings(
    List<Duration> sizes,
    Duration grace,
    Duration quiet,
    Duration retention,
    Duration forgetAfter) {

  /** Parts are a punctuation, a topic and a commit under way; ours, generously. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  public RollupSettings {
    sizes = List.copyOf(sizes);
    long slot = sizes.get(0).toMillis();
    if (sizes.stream().anyMatch(size -> size.toMillis() % slot != 0)) {
      throw new IllegalArgumentException(
          "window sizes "
              + sizes
              + " have to be multiples of the first, or roll-ups have no parts");
    }
  }

  /**
   * Those that go with the resources' windows: grace as long as a silent resource's window waits,
   * and 3 s for the way; 10 s of quiet, 15 min of corrections, a day of memory.
   */
  public static RollupSettings of(WindowSettings windows) {
    return new RollupSettings(
        windows.sizes(),
        windows.grace().plus(windows.spread()).plus(windows.silence()).plus(UNDER_WAY),
        Duration.ofSeconds(10),
        Duration.ofMinutes(15),
        Duration.ofDays(1));
  }
}
