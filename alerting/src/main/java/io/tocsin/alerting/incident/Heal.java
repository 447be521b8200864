package io.tocsin.alerting.incident;

import io.tocsin.schemas.HealOutcome;
import java.time.Instant;

/**
 * The newest attempt to heal an incident.
 *
 * @param planId the plan it follows
 * @param attempt from 1
 * @param outcome the last step the responder told of; null before the first
 * @param outcomeAt when that step was done; null before the first
 * @param deadline wall-clock time by which the next step must have been heard of; null when the
 *     attempt is over
 * @param leftToPeople whether nothing more will be done automatically
 */
public record Heal(
    String planId,
    int attempt,
    HealOutcome outcome,
    Instant outcomeAt,
    Instant deadline,
    boolean leftToPeople) {

  static Heal planned(String planId, int attempt, Instant deadline) {
    return new Heal(planId, attempt, null, null, deadline, false);
  }

  Heal begun(HealOutcome step, Instant at, Instant newDeadline) {
    // After the deadline has passed nobody waits for this attempt any more.
    return new Heal(planId, attempt, step, at, isInFlight() ? newDeadline : null, leftToPeople);
  }

  Heal over(HealOutcome last, Instant at) {
    return new Heal(planId, attempt, last, at, null, leftToPeople);
  }

  Heal left() {
    return new Heal(planId, attempt, outcome, outcomeAt, null, true);
  }

  /** Whether an outcome is still awaited. */
  public boolean isInFlight() {
    return deadline != null;
  }

  /** Whether a step adds nothing to what is known: steps only go forward, and end once. */
  boolean hasPassed(HealOutcome step) {
    return outcome != null && rank(step) <= rank(outcome);
  }

  /** Position in an attempt: about to act, acted, over. */
  static int rank(HealOutcome step) {
    return switch (step) {
      case INTENT -> 1;
      case EXECUTED -> 2;
      case REFUSED, FAILED, VERIFIED, NOT_VERIFIED, UNKNOWN -> 3;
    };
  }
}
