package io.tocsin.streams.window;

/**
 * Which time a sample counts at.
 *
 * <p>A time more than a minute ahead of its arrival is a wrong clock; taken as it is, it would
 * carry the event time of every reader of our windows with it. It is clamped to that. A time in the
 * past is left alone: an agent that was cut off sends what it measured hours ago, and that is
 * right. It harms nobody, because event time is kept per resource.
 */
public final class EventTime {

  private static final long AHEAD_MS = 60_000;

  private EventTime() {}

  /** Whether a time is further ahead of its arrival than clocks that are kept differ. */
  public static boolean isAhead(long claimedAt, long arrivedMs) {
    return claimedAt > arrivedMs + AHEAD_MS;
  }

  /** The time to count at, in ms; never negative. */
  public static long of(long claimedAt, long arrivedMs) {
    return Math.max(0, isAhead(claimedAt, arrivedMs) ? arrivedMs : claimedAt);
  }
}
