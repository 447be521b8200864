package io.tocsin.streams.window;

import java.time.Duration;
import java.util.List;

/**
 * How windows are made.
 *
 * @param sizes lengths of the tumbling windows, ascending; each one is made of windows of the
 *     first, so it has to be a multiple of that
 * @param updateEvery by size, how often in event time an open window is sent, at least a second: a
 *     sample moves a window of 5 min by a thirtieth of what it moves one of 10 s
 * @param throughputEvery the same for what went through
 * @param grace how far behind the newest sample of its resource a sample may come and still count;
 *     a window is final when the resource's event time has passed its end by as much
 * @param spread windows of all resources end at the same moment; over as long in event time they
 *     are made final, each resource's always as late, lest the others' samples wait for all of them
 * @param silence what a silent resource's window waits beyond the grace, in wall time
 * @param longestInterval a longer pause between two samples is a gap: its mean says nothing about
 *     any of the windows it spans
 * @param forgetAfter wall time after which a silent resource's state is dropped
 * @param pending most samples that may wait for the grace to pass, per resource: 5 s at 50 a
 *     second; what one resource may keep in the store is bounded by it
 */
public record WindowSettings(
    List<Duration> sizes,
    List<Duration> updateEvery,
    List<Duration> throughputEvery,
    Duration grace,
    Duration spread,
    Duration silence,
    Duration longestInterval,
    Duration forgetAfter,
    int pending) {

  public WindowSettings {
    sizes = List.copyOf(sizes);
    updateEvery = List.copyOf(updateEvery);
    throughputEvery = List.copyOf(throughputEvery);
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size.toMillis() <= 0)) {
      throw new IllegalArgumentException("window sizes have to be positive, and at least one");
    }
    long base = sizes.get(0).toMillis();
    if (sizes.stream().anyMatch(size -> size.toMillis() % base != 0)) {
      throw new IllegalArgumentException("window sizes have to be multiples of the first");
    }
    if (updateEvery.size() != sizes.size() || throughputEvery.size() != sizes.size()) {
      throw new IllegalArgumentException("each window size needs to know how often it is sent");
    }
    if (updateEvery.stream().anyMatch(WindowSettings::isTooOften)
        || throughputEvery.stream().anyMatch(WindowSettings::isTooOften)) {
      throw new IllegalArgumentException("an open window is sent once a second at most");
    }
  }

  private static boolean isTooOften(Duration every) {
    return every.toMillis() < 1_000;
  }

  /** 10 s, 1 min and 5 min with 5 s of grace. */
  public static WindowSettings defaults() {
    return new WindowSettings(
        List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5)),
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)),
        List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60)),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        // a minute is the slowest usual tick, with half as much again for jitter
        Duration.ofSeconds(90),
        Duration.ofHours(1),
        250);
  }

  /** The same with another spread. */
  public WindowSettings withSpread(Duration other) {
    return new WindowSettings(
        sizes,
        updateEvery,
        throughputEvery,
        grace,
        other,
        silence,
        longestInterval,
        forgetAfter,
        pending);
  }

  /** How long after the grace a resource's windows are made final, in ms. */
  long spreadOf(String resourceId) {
    return spread.isZero() ? 0 : Math.floorMod(scattered(resourceId), spread.toMillis());
  }

  /**
   * A number that says nothing about the name: hash codes of names that end in numbers lie side by
   * side (the finalizer of MurmurHash3, https://github.com/aappleby/smhasher).
   */
  static int scattered(String name) {
    int hash = name.hashCode();
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  /** Length of the smallest window, in ms. */
  long baseMs() {
    return sizes.get(0).toMillis();
  }
}
