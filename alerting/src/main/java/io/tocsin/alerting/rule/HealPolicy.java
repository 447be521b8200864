package io.tocsin.alerting.rule;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a rule may ask the responder to do about a resource. The responder has its own limits; it
 * may refuse what this allows, never the other way round.
 *
 * @param appliesTo a resource id, or the name of a service all of whose resources it covers
 * @param action name of an action in the responder's configuration
 * @param maxAttempts plans made for one incident; after that it is left to people
 * @param cooldown event time between the end of an attempt and the next plan
 * @param validity how long a plan may wait to be carried out
 * @param outcomeWithin wall-clock time within which an attempt that was begun must have ended, its
 *     verification included
 */
public record HealPolicy(
    String appliesTo,
    String action,
    int maxAttempts,
    Duration cooldown,
    Duration validity,
    Duration outcomeWithin)
    implements Serializable {

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException if a figure makes no sense
   */
  public HealPolicy {
    Objects.requireNonNull(appliesTo, "appliesTo");
    Objects.requireNonNull(action, "action");
    String policy = "heal policy " + action + " for " + appliesTo;
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(policy + ": maxAttempts must be at least 1");
    }
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException(policy + ": cooldown must not be negative");
    }
    if (validity.isNegative() || validity.isZero()) {
      throw new IllegalArgumentException(policy + ": validity must be more than 0");
    }
    if (outcomeWithin.isNegative() || outcomeWithin.isZero()) {
      throw new IllegalArgumentException(policy + ": outcomeWithin must be more than 0");
    }
  }

  /** Three attempts, 30 s apart, each void after a minute and over after five. */
  public static HealPolicy of(String appliesTo, String action) {
    return new HealPolicy(
        appliesTo, action, 3, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));
  }

  boolean covers(String resourceId, String service) {
    return appliesTo.equals(resourceId) || appliesTo.equals(service);
  }
}
