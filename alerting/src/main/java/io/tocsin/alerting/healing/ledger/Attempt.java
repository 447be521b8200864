package io.tocsin.alerting.healing.ledger;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.time.Instant;

/**
 * What is known of one plan, from its results so far.
 *
 * @param latest the result that is furthest along; nothing takes a plan back
 * @param beganAt when the intent was written; null for a plan that has none
 * @param endedAt when the action was over, as far as known; null before
 */
record Attempt(HealResult latest, Instant beganAt, Instant endedAt) {

  static Attempt of(HealResult result) {
    return new Attempt(result, null, null).with(result);
  }

  /** The same with one more result; results may come twice and in any order. */
  Attempt with(HealResult result) {
    HealOutcome outcome = result.getOutcome();
    boolean further = rank(outcome) >= rank(latest.getOutcome());
    return new Attempt(
        further ? result : latest,
        outcome == HealOutcome.INTENT ? result.getAt() : beganAt,
        endsAction(outcome) ? result.getAt() : endedAt);
  }

  /** Whether the action ran or may have run. An intent that was then refused did not. */
  boolean acted() {
    return latest.getOutcome() != HealOutcome.REFUSED
        && latest.getOutcome() != HealOutcome.AWAITING_APPROVAL;
  }

  /** Whether it waits for a person. */
  boolean awaiting() {
    return latest.getOutcome() == HealOutcome.AWAITING_APPROVAL;
  }

  /** Whether the plan has not come to its end. */
  boolean unfinished() {
    return rank(latest.getOutcome()) < rank(HealOutcome.REFUSED);
  }

  /** Whether its target is being acted on, or watched, right now. */
  boolean underWay() {
    return acted() && unfinished();
  }

  /** When it counts as having been tried. */
  Instant triedAt() {
    return beganAt == null ? latest.getAt() : beganAt;
  }

  /** From when its target rests. */
  Instant restsFrom() {
    return endedAt == null ? triedAt() : endedAt;
  }

  private static boolean endsAction(HealOutcome outcome) {
    return outcome == HealOutcome.EXECUTED
        || outcome == HealOutcome.FAILED
        || outcome == HealOutcome.UNKNOWN;
  }

  private static int rank(HealOutcome outcome) {
    return switch (outcome) {
      case AWAITING_APPROVAL -> -1;
      case INTENT -> 0;
      case EXECUTED -> 1;
      case COMPENSATING -> 2;
      case REFUSED, FAILED, VERIFIED, NOT_VERIFIED, UNKNOWN -> 3;
      case REVERTED -> 4;
    };
  }
}
