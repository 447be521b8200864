package io.tocsin.alerting.healing.config;

import java.time.Duration;

/**
 * What has to be seen after an action before it counts as having helped: the same signal that
 * called for it, healthy for a while.
 *
 * @param by whose word counts; default {@link Signal#ANY}
 * @param of whose probes prove it; null for those of the target
 * @param healthyProbes probes of it in a row that have to say UP, at least 1; default 2
 * @param healthyFor for how long they have to, without one that does not; default 0
 * @param within how long after the action all of that may take; default 20 s
 */
public record Verify(
    Signal by, String of, Integer healthyProbes, Duration healthyFor, Duration within) {

  /** Which signal proves it. */
  public enum Signal {
    /** Probes of the target where it is probed, else the alert that called for the action. */
    ANY,
    /** Probes of the target. */
    PROBES,
    /** The alert that called for the action: it has to clear. */
    ALERT
  }

  /** Two healthy probes within 20 s. */
  public static final Verify DEFAULT = new Verify(null, null, null, null, null);

  /**
   * Fills in the defaults and checks the figures.
   *
   * @throws IllegalArgumentException if there is nothing to see, or no time to see it in
   */
  public Verify {
    by = by == null ? (of == null ? Signal.ANY : Signal.PROBES) : by;
    if (of != null && !TargetId.matches(of)) {
      throw new IllegalArgumentException("verify.of must match " + TargetId.PATTERN.pattern());
    }
    if (of != null && by == Signal.ALERT) {
      throw new IllegalArgumentException("verify.of is for probes, not for the alert");
    }
    healthyProbes = healthyProbes == null ? 2 : healthyProbes;
    healthyFor = healthyFor == null ? Duration.ZERO : healthyFor;
    within = within == null ? Duration.ofSeconds(20) : within;
    if (healthyProbes < 1) {
      throw new IllegalArgumentException(
          "verify.healthy-probes must be at least 1, not " + healthyProbes);
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("verify.within must be more than 0, not " + within);
    }
    if (healthyFor.isNegative() || healthyFor.compareTo(within) >= 0) {
      throw new IllegalArgumentException(
          "verify.healthy-for must be 0 or more and less than within, not " + healthyFor);
    }
  }

  /** By the target's own signal. */
  public Verify(Signal by, Integer healthyProbes, Duration healthyFor, Duration within) {
    this(by, null, healthyProbes, healthyFor, within);
  }

  /** Whose probes prove that an action on a target helped. */
  public String subject(String target) {
    return of == null ? target : of;
  }

  /** So many healthy probes in a row. */
  public static Verify probes(int healthyProbes, Duration within) {
    return new Verify(Signal.PROBES, null, healthyProbes, null, within);
  }
}
