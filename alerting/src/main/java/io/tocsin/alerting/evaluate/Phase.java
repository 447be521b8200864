package io.tocsin.alerting.evaluate;

/** Where a series stands under a rule. */
public enum Phase {
  /** Nothing is wrong, or no longer. */
  HEALTHY,
  /** Bad, but not yet for as long as the rule asks. */
  PENDING,
  /** Bad for long enough, and not yet good for long enough. */
  FIRING
}
