package io.tocsin.collectors.policy;

import io.tocsin.collectors.policy.Tally.What;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps times near this machine's clock. One record from the future would close the windows of all
 * others in its partition; so it is taken to be of now. One from long ago is taken to be as old as
 * is allowed, and not of now: a batch that comes hours late must not pass for the present. What the
 * source claimed is kept beside the clamped time.
 *
 * @param maxFuture how far ahead a time may be
 * @param maxAge how far back a time may be
 */
record Clamping(Duration maxFuture, Duration maxAge) {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** The time to go by; the same object if there is nothing wrong with it. */
  Instant clamp(Instant at, Instant now, Tally tally) {
    if (at.isAfter(now.plus(maxFuture))) {
      tally.count(What.CLAMPED, "future");
      return now;
    }
    Instant oldest = now.minus(maxAge);
    if (at.isBefore(oldest)) {
      tally.count(What.CLAMPED, "past");
      return oldest;
    }
    return at;
  }

  /**
   * What is kept of a time that was clamped: what was claimed first, within the years 1 to 9999,
   * since no more fits into every store.
   */
  static Instant claim(Instant earlierClaim, Instant at) {
    if (earlierClaim != null) {
      return earlierClaim;
    }
    return at.isBefore(FIRST) ? FIRST : at.isAfter(LAST) ? LAST : at;
  }
}
