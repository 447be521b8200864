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
 * while more waits to be read than is read in a second. Not thread-safe; one per task.
 */
public final class SilenceClock {

  /** Fewer than that are on their way at any time. */
  private static final long FEW = 100;

  /**
   * A first fetch takes less, but for a broker that is away; one that finds nothing tells nothing.
   */
  private static final long UNKNOWN_FOR_MS = 15_000;

  private final long startedAt;
  private long countsFrom;
  private long readSinceTick;

  /** A clock of a task that starts at this wall time, in ms. */
  public SilenceClock(long wallMs) {
    this.startedAt = wallMs;
    this.countsFrom = wallMs;
  }

  /** A record of any resource was read. */
  public void read() {
    readSinceTick++;
  }

  /**
   * To be called about once a second, before {@link #silence}.
   *
   * @param backlog records of the task's input that wait to be read; negative if that is not known
   */
  public void tick(long wallMs, long backlog) {
    boolean isBehind =
        backlog < 0 ? wallMs - startedAt < UNKNOWN_FOR_MS : backlog > Math.max(FEW, readSinceTick);
    if (isBehind) {
      countsFrom = wallMs;
    }
    readSinceTick = 0;
  }

  /** How long there has been nothing of a resource whose last sample arrived then, in ms. */
  public long silence(long arrivedAt, long wallMs) {
    return Math.max(0, wallMs - Math.max(arrivedAt, countsFrom));
  }
}
