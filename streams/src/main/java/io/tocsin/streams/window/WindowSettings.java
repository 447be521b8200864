package io.tocsin.streams.window;

import java.time.Duration;
import java.util.List;

/**
 * How windows are made.
 *
 * @param sizes lengths of the tumbling windows, ascending
 * @param grace how far behind the newest sample of its resource a sample may come and still count;
 *     a window is final when the resource's event time has passed its end by as much
 * @param silence what a silent resource's window waits beyond the grace, in wall time
 * @param longestInterval a longer pause between two samples is a gap: its mean says nothing about
 *     any of the windows it spans
 * @param forgetAfter wall time after which a silent resource's state is dropped
 * @param pending most samples that may wait for the grace to pass, per resource: 5 s at 50 a
 *     second; what one resource may keep in the store is bounded by it
 */
public record WindowSettings(
    List<Duration> sizes,
    Duration grace,
    Duration silence,
    Duration longestInterval,
    Duration forgetAfter,
    int pending) {

  public WindowSettings {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size.toMillis() <= 0)) {
      throw new IllegalArgumentException("window sizes have to be positive, and at least one");
    }
  }

  /** 10 s, 1 min and 5 min with 5 s of grace. */
  public static WindowSettings defaults() {
    return new WindowSettings(
        List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5)),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        // a minute is the slowest usual tick, with half as much again for jitter
        Duration.ofSeconds(90),
        Duration.ofHours(1),
        250);
  }
}
