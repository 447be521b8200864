package io.tocsin.streams.window;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * When updates were last sent, by window size: event time is cut into turns, and the first sample
 * of a turn sends. Each resource's turns begin at another moment, lest all send at once. Not kept
 * across restarts: the first sample afterwards may send one update more.
 */
final class UpdateMarks {

  private final int shift;
  private long[] windows = {};
  private long[] throughputs = {};

  /** Marks of a resource whose turns begin by so much sooner than those of others. */
  UpdateMarks(int shift) {
    this.shift = shift;
  }

  boolean isWindowDue(int size, long at, WindowSettings settings) {
    return isDue(windows, size, at, settings.updateEvery());
  }

  boolean isThroughputDue(int size, long at, WindowSettings settings) {
    return isDue(throughputs, size, at, settings.throughputEvery());
  }

  private boolean isDue(long[] marks, int size, long at, List<Duration> every) {
    return size >= marks.length || marks[size] != turn(size, at, every);
  }

  void sent(int size, long at, WindowSettings settings, boolean window, boolean throughput) {
    if (windows.length == 0) {
      windows = none(settings);
      throughputs = none(settings);
    }
    if (window) {
      windows[size] = turn(size, at, settings.updateEvery());
    }
    if (throughput) {
      throughputs[size] = turn(size, at, settings.throughputEvery());
    }
  }

  private static long[] none(WindowSettings settings) {
    long[] marks = new long[settings.sizes().size()];
    Arrays.fill(marks, Long.MIN_VALUE);
    return marks;
  }

  private long turn(int size, long at, List<Duration> every) {
    long turnMs = every.get(size).toMillis();
    return Math.floorDiv(at + Math.floorMod(shift, turnMs), turnMs);
  }
}
