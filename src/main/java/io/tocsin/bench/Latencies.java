package io.tocsin.bench;

import java.util.Arrays;

/** Latencies in ms, all kept, so that the percentiles are exact. Not thread-safe. */
public final class Latencies {

  private int[] values = new int[1 << 16];
  private int count;

  /**
   * What they come to, in ms.
   *
   * @param count how many there are; without any, the rest is 0
   */
  public record Summary(long count, long p50, long p99, long max) {}

  /** One more. */
  public void add(long ms) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, ms));
  }

  /** What they come to. */
  public Summary summary() {
    if (count == 0) {
      return new Summary(0, 0, 0, 0);
    }
    int[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new Summary(count, at(sorted, 0.5), at(sorted, 0.99), sorted[count - 1]);
  }

  /** The smallest value that a share of all does not exceed (nearest rank). */
  private static int at(int[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
