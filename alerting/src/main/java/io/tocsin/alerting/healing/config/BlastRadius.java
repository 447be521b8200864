package io.tocsin.alerting.healing.config;

import java.time.Duration;

/**
 * How much may be acted on at a time, whichever executor acts. What counts: targets that are being
 * acted on, or were within {@code recently}; for shares also those that are not healthy.
 *
 * @param perService limit within one service
 * @param perHost limit on one machine
 * @param perZone limit in one zone
 * @param total limit over everything
 * @param recently how long an action counts after it has ended; default 0: until it is verified
 * @param waitFor how long a plan waits for room before it is refused; default 10 s
 */
public record BlastRadius(
    Limit perService,
    Limit perHost,
    Limit perZone,
    Limit total,
    Duration recently,
    Duration waitFor) {

  /** One at a time of a service, two on a machine or in a zone, five in all. */
  public static final BlastRadius DEFAULT = new BlastRadius(null, null, null, null, null, null);

  /** Fills in the defaults. */
  public BlastRadius {
    perService = perService == null ? new Limit(1, null) : perService;
    perHost = perHost == null ? new Limit(2, null) : perHost;
    perZone = perZone == null ? new Limit(2, null) : perZone;
    total = total == null ? new Limit(5, null) : total;
    recently = recently == null ? Duration.ZERO : recently;
    waitFor = waitFor == null ? Duration.ofSeconds(10) : waitFor;
  }

  /**
   * One limit.
   *
   * @param count at most so many targets at a time
   * @param share at most this share of the group's members, from 0 to 1, counting those that are
   *     not healthy too; null for no such limit. One target is always allowed by it
   */
  public record Limit(Integer count, Double share) {

    /**
     * Fills in the default.
     *
     * @throws IllegalArgumentException if it allows less than nothing
     */
    public Limit {
      count = count == null ? Integer.MAX_VALUE : count;
      if (count < 0) {
        throw new IllegalArgumentException("count must be 0 or more, not " + count);
      }
      if (share != null && !(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be from 0 to 1, not " + share);
      }
    }
  }
}
