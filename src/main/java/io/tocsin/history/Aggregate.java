package io.tocsin.history;

/**
 * How the windows of one step become one value. Each reads the statistic of the windows that it can
 * be made of: the mean of their means, the highest of their highest.
 */
public enum Aggregate {
  /** Mean of the windows' means, each window weighing the same. */
  MEAN,
  /** Highest value in any window. */
  MAX,
  /** Lowest of the windows' means; windows keep no lowest value but for latencies. */
  MIN,
  /**
   * 95th percentile of the windows' 95th percentiles (of their values, where a figure has none):
   * percentiles cannot be averaged, and this one leans to the high side, which is the safe one for
   * capacity. By nearest rank.
   */
  P95
}
