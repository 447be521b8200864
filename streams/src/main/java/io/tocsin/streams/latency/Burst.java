package io.tocsin.streams.latency;

import io.tocsin.streams.sketch.Sketch;

/**
 * The round trips of a burst, of which only some are known: the shortest, the longest, and by
 * nearest rank the 50th, 90th and 99th percentile. These stand at their ranks as they are. The
 * others lie between two of them, and are laid out evenly there: so each is off by no more than the
 * known two are apart, and none passes a known quantile. Count, mean, jitter, minimum and maximum
 * are exact. Where the sent burst is of 10, p90 is the ninth and p99 the longest, so the quantiles
 * of many bursts together are hardly off at all.
 */
final class Burst {

  /** Values between two known ones; more of them share a place. */
  private static final int PLACES = 32;

  private static final int[] PERCENT = {0, 50, 90, 99, 100};

  private Burst() {}

  /**
   * Adds the round trips to a sketch, in ms.
   *
   * @return whether enough is known of them
   */
  static boolean addTo(Sketch sketch, Reading burst) {
    long received = burst.numbers()[Reading.RECEIVED];
    long lastRank = 0;
    long last = 0;
    for (int known = 0; known < PERCENT.length; known++) {
      if (burst.numbers()[Reading.LEAST + known] == Reading.ABSENT) {
        return false;
      }
    }
    for (int known = 0; known < PERCENT.length; known++) {
      long rank = Math.max(1, (received * PERCENT[known] + 99) / 100);
      long value = Math.max(last, burst.numbers()[Reading.LEAST + known]);
      if (rank > lastRank) {
        between(sketch, lastRank, last, rank, value);
        sketch.add(value / Durations.US_PER_MS, 1, 1);
        lastRank = rank;
      }
      last = value;
    }
    return true;
  }

  private static void between(Sketch sketch, long fromRank, long from, long toRank, long to) {
    long missing = toRank - fromRank - 1;
    long places = Math.min(missing, PLACES);
    long put = 0;
    for (long place = 1; place <= places; place++) {
      long until = missing * place / places;
      double value = from + (to - from) * ((double) place / (places + 1));
      sketch.add(value / Durations.US_PER_MS, until - put, until - put);
      put = until;
    }
  }
}
