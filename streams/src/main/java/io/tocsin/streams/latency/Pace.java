package io.tocsin.streams.latency;

/** How often an open window is told of: the longer, the less a second changes it. */
public final class Pace {

  private static final long FASTEST_MS = 1_000;
  private static final long SLOWEST_MS = 15_000;

  /** Updates in the time of a window: every 5 s for 1 min. */
  private static final long PER_WINDOW = 12;

  private Pace() {}

  /** Time between two updates of a window of this size, in ms. */
  public static long everyMs(long sizeMs) {
    return Math.max(FASTEST_MS, Math.min(SLOWEST_MS, sizeMs / PER_WINDOW));
  }
}
