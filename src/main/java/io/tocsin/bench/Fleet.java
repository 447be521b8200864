package io.tocsin.bench;

import io.tocsin.schemas.Sample;
import io.tocsin.streams.window.WindowSettings;

/**
 * The machines that are watched: seeded, so that the same calls give the same samples. It counts
 * what a right pipeline makes of them. Not thread-safe.
 */
public final class Fleet {

  /** A machine that has just come up does not go down at once. */
  private static final long UP_AT_LEAST_MS = 60_000;

  private final long seed;
  private final Machine[] machines;
  private final long[] bootedAt;
  private final long longestMs = WindowSettings.defaults().longestInterval().toMillis();
  private long samples;
  private long intervals;
  private long newestAt;

  /** A fleet of so many machines, none of which has been measured. */
  public Fleet(long seed, int size) {
    this.seed = seed;
    this.machines = new Machine[size];
    this.bootedAt = new long[size];
    for (int number = 0; number < size; number++) {
      machines[number] = new Machine(number);
    }
  }

  /** How many machines there are. */
  public int size() {
    return machines.length;
  }

  /**
   * The next sample of a machine.
   *
   * @param at when it is measured, in ms; after the machine's last one
   */
  public Sample next(int number, long at) {
    Machine machine = machines[number];
    Load load = Load.of(seed, number, at);
    long before = machine.lastAt();
    boolean boots = load.isReboot() && before > 0 && at - bootedAt[number] > UP_AT_LEAST_MS;
    if (boots) {
      bootedAt[number] = at;
      machine.boot(at);
    }
    samples++;
    if (before > 0 && !boots && at - before <= longestMs) {
      intervals++;
    }
    newestAt = Math.max(newestAt, at);
    return machine.sample(at, load);
  }

  /** Samples made so far. */
  public long samples() {
    return samples;
  }

  /**
   * Intervals that the samples so far make: one less than samples for each machine, for each boot,
   * and for each pause that is too long.
   */
  public long intervals() {
    return intervals;
  }

  /** Time of the newest sample, in ms. */
  public long newestAt() {
    return newestAt;
  }
}
