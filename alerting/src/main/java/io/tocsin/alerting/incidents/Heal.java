package io.tocsin.alerting.incidents;

import io.tocsin.schemas.HealOutcome;
import java.time.Instant;

/**
 * The newest attempt to heal an incident.
 *
 * @param planId the plan it follows
 * @param targetId the resource it is for
 * @param action what is tried
 * @param attempt from 1, over the whole incident
 * @param before attempts made before the present cause was known
 * @param outcome the last step the responder told of; null before the first
 * @param outcomeAt when that step was done; null before the first
 * @param deadline wall-clock time by which the next step must have been heard of; null when the
 *     attempt is over
 * @param nextAt wall-clock time at which to look whether another attempt is needed; null if at none
 * @param leftToPeople whether nothing more will be done automatically
 */
public record Heal(
    String planId,
    String targetId,
    String action,
    int attempt,
    int before,
    HealOutcome outcome,
    Instant outcomeAt,
    Instant deadline,
    Instant nextAt,
    boolean leftToPeople) {

  static Heal planned(
      String planId, String targetId, String action, int attempt, int before, Instant deadline) {
    return new Heal(planId, targetId, action, attempt, before, null, null, deadline, null, false);
  }

  Heal begun(HealOutcome step, Instant at, Instant newDeadline) {
    // After the deadline has passed nobody waits for this attempt any more.
    Instant until = isInFlight() ? newDeadline : null;
    return new Heal(
        planId, targetId, action, attempt, before, step, at, until, nextAt, leftToPeople);
  }

  Heal over(HealOutcome last, Instant at, Instant next) {
    return new Heal(
        planId,
        targetId,
        action,
        attempt,
        before,
        last,
        at,
        null,
        leftToPeople ? null : next,
        leftToPeople);
  }

  Heal left() {
    return new Heal(
        planId, targetId, action, attempt, before, outcome, outcomeAt, null, null, true);
  }

  Heal nextAt(Instant next) {
    return new Heal(
        planId,
        targetId,
        action,
        attempt,
        before,
        outcome,
        outcomeAt,
        deadline,
        next,
        leftToPeople);
  }

  /** Whether an outcome is still awaited. */
  boolean isInFlight() {
    return deadline != null;
  }

  /** Whether a step adds nothing to what is known: steps only go forward, and end once. */
  boolean hasPassed(HealOutcome step) {
    return outcome != null && rank(step) <= rank(outcome);
  }

  /** Position in an attempt: asked, about to act, acted, undoing, over. */
  static int rank(HealOutcome step) {
    return switch (step) {
      case AWAITING_APPROVAL -> 1;
      case INTENT -> 2;
      case EXECUTED -> 3;
      case COMPENSATING -> 4;
      case REFUSED, FAILED, VERIFIED, NOT_VERIFIED, UNKNOWN -> 5;
      case REVERTED -> 6;
    };
  }
}
