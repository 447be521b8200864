package io.tocsin.streams.window;

/**
 * Tells how long a resource has truly been silent.
 *
 * <p>Two clocks, on purpose. While samples flow, windows close by event time, so that a replay
 * gives the same windows. A silent resource's event time stands still, so its windows close by the
 * wall clock: its event time is taken to go on from its newest sample as wall time does. Only
 * relative time is used, so a wrong clock on the resource changes nothing.
 *
 * <p>But silence is not the same as samples that wait in the topic because this stage was down or
 * is behind. Hence wall time counts from the start of the task at the earliest, and starts anew
 * whenever records come in, none of which is of the last minute. Not thread-safe; one per task.
 */
public final class SilenceClock {

  /**
   * As far as a clock may be off ({@link EventTime}): less lag than that cannot be told from it.
   */
  private static final long BEHIND_MS = 60_000;

  /** A task that had nothing to do for as long has read all there was. */
  private static final long IDLE_MS = 1_000;

  private long countsFrom;
  private long newestAt = Long.MIN_VALUE;
  private long lastRecord = Long.MIN_VALUE;

  /** A clock of a task that starts at this wall time, in ms. */
  public SilenceClock(long wallMs) {
    this.countsFrom = wallMs;
  }

  /** A record of any resource was read. */
  public void read(long at, long wallMs) {
    newestAt = Math.max(newestAt, at);
    lastRecord = wallMs;
  }

  /** To be called about once a second, before {@link #silence}. */
  public void tick(long wallMs) {
    boolean isBusy = lastRecord != Long.MIN_VALUE && wallMs - lastRecord < IDLE_MS;
    if (isBusy && newestAt < wallMs - BEHIND_MS) {
      countsFrom = wallMs;
    }
  }

  /** How long there has been nothing of a resource whose last sample arrived then, in ms. */
  public long silence(long arrivedAt, long wallMs) {
    return Math.max(0, wallMs - Math.max(arrivedAt, countsFrom));
  }
}
