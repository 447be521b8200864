package io.tocsin.alerting.incidents;

import java.io.Serializable;
import java.time.Duration;

/**
 * How an action may be tried. The responder has its own limits; it may refuse what this allows,
 * never the other way round.
 *
 * @param maxAttempts plans made for one cause; after that the next action, or people
 * @param cooldown wall-clock time between the end of an attempt and the next plan
 * @param validity how long a plan may wait to be carried out
 * @param outcomeWithin wall-clock time within which an attempt that was begun must have ended, its
 *     verification included
 * @param approvalWithin wall-clock time in which a person may agree to one that has to be asked for
 */
public record HealPolicy(
    int maxAttempts,
    Duration cooldown,
    Duration validity,
    Duration outcomeWithin,
    Duration approvalWithin)
    implements Serializable {

  /** Three attempts, 30 s apart, each void after a minute and over after five. */
  public static final HealPolicy DEFAULT =
      new HealPolicy(3, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));

  /** A policy whose attempts may wait a quarter of an hour for somebody to agree. */
  public HealPolicy(int maxAttempts, Duration cooldown, Duration validity, Duration outcomeWithin) {
    this(maxAttempts, cooldown, validity, outcomeWithin, Duration.ofMinutes(15));
  }

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException if a figure makes no sense
   */
  public HealPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
    }
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("cooldown must not be negative, but is " + cooldown);
    }
    if (validity.isNegative() || validity.isZero()) {
      throw new IllegalArgumentException("validity must be more than 0, not " + validity);
    }
    if (outcomeWithin.isNegative() || outcomeWithin.isZero()) {
      throw new IllegalArgumentException("outcomeWithin must be more than 0, not " + outcomeWithin);
    }
  }
}
