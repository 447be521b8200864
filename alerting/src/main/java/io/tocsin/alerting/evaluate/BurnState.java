package io.tocsin.alerting.evaluate;

import java.util.List;

/**
 * Counts of events of one series.
 *
 * @param tiers one for each width of buckets that is needed, finest first
 * @param countedMs how long events have been counted, in milliseconds
 * @param newestMs time of the newest, in milliseconds since 1970; 0 before the first
 */
public record BurnState(List<BurnTier> tiers, long countedMs, long newestMs) {

  /** With events of a time; of those before the first, nothing more is known. */
  BurnState with(List<BurnTier> counted, long atMs) {
    if (newestMs == 0) {
      return new BurnState(counted, 0, atMs);
    }
    long newest = Math.max(newestMs, atMs);
    long oldest = Math.min(newestMs - countedMs, atMs);
    return new BurnState(counted, newest - oldest, newest);
  }

  /** How long events have been counted at a moment, in milliseconds. */
  long countedAt(long atMs) {
    return newestMs == 0 ? 0 : countedMs + Math.max(0, atMs - newestMs);
  }
}
