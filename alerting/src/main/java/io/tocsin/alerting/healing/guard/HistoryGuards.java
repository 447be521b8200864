package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.Rate;
import java.time.Instant;
import java.util.Optional;

/**
 * Guards that look at what was done to the target before. They count all actions on it, whichever
 * action it was: two actions that take turns must not get round the limits of either.
 */
final class HistoryGuards {

  private HistoryGuards() {}

  static Optional<Decision> oneAtATime(Situation situation) {
    String target = situation.target();
    return situation
        .ledger()
        .underWay(target)
        .or(() -> situation.ledger().awaiting(target))
        .filter(other -> !other.getPlanId().equals(situation.plan().getId()))
        .map(
            other ->
                new Decision.Refuse(
                    "one-at-a-time",
                    "plan " + other.getPlanId() + " for it is at " + other.getOutcome()));
  }

  static Optional<Decision> cooldown(Situation situation) {
    Action action = situation.action();
    return situation
        .ledger()
        .lastAction(situation.plan().getTargetId())
        .filter(last -> situation.now().isBefore(last.plus(action.cooldown())))
        .map(
            last ->
                new Decision.Refuse(
                    "cooldown",
                    "the last action on it ended at "
                        + last
                        + "; it rests until "
                        + last.plus(action.cooldown())));
  }

  static Optional<Decision> attemptCap(Situation situation) {
    Action action = situation.action();
    Instant since = situation.now().minus(action.attemptsWithin());
    int attempts = situation.ledger().attemptsAfter(situation.plan().getTargetId(), since);
    return attempts < action.maxAttempts()
        ? Optional.empty()
        : Guard.refuse(
            "attempts",
            attempts + " of " + action.maxAttempts() + " attempts since " + since + " are used up");
  }

  /** Over everything: a wrong rule must not act all over the place. */
  static Optional<Decision> rate(Situation situation) {
    Rate rate = situation.config().rate();
    Instant since = situation.now().minus(rate.within());
    int begun = situation.ledger().begunAfter(since);
    return begun < rate.actions()
        ? Optional.empty()
        : Guard.refuse(
            "rate", begun + " of " + rate.actions() + " actions since " + since + " are used up");
  }
}
