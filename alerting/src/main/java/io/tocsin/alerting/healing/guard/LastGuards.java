package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.trust.Trust;
import java.util.Locale;
import java.util.Optional;

/** The guards that are asked once no other one objects. */
final class LastGuards {

  private LastGuards() {}

  /** Another controller is about to act on it. */
  static Optional<Decision> owner(Situation situation) {
    if (situation.looked() == null) {
      return Optional.of(new Decision.Look(situation.action()));
    }
    return situation.action().ignoreOwner()
        ? Optional.empty()
        : situation
            .looked()
            .owner()
            .map(owner -> new Decision.Refuse("ownership", "it is in other hands: " + owner));
  }

  /** An action that has failed too often has to ask, even where it might run by itself. */
  static Optional<Decision> autonomy(Situation situation) {
    if (mode(situation) != Mode.AUTO || situation.approval() != null) {
      return Optional.empty();
    }
    Trust.Standing standing =
        situation
            .known()
            .trust()
            .standing(situation.plan().getRule(), situation.plan().getAction(), situation.target());
    return standing.isTrusted()
        ? Optional.empty()
        : Optional.of(
            new Decision.AwaitApproval(
                "autonomy",
                String.format(
                    Locale.ROOT,
                    "a person has to agree: %s has helped %d of %d times, at best %.0f %%, which is"
                        + " less than %.0f %%",
                    standing.key(),
                    standing.helped(),
                    standing.tries(),
                    100 * standing.upper(),
                    100 * situation.config().autonomy().below())));
  }

  static Optional<Decision> mode(Situation situation, Mode mode) {
    String what = situation.action().name() + " on " + situation.target();
    return switch (mode) {
      case AUTO -> Optional.empty();
      case OBSERVE ->
          Guard.refuse(
              "mode", "observe only: would have run " + what + ", and every other guard agreed");
      case APPROVE ->
          situation.approval() != null
              ? Optional.empty()
              : Optional.of(
                  new Decision.AwaitApproval("mode", "a person has to agree to run " + what));
    };
  }

  /** Last, so that in observe mode a refusal by it means: everything else was right. */
  static Optional<Decision> byMode(Situation situation) {
    return mode(situation, mode(situation));
  }

  private static Mode mode(Situation situation) {
    return ModeRules.mode(
        situation.config(),
        situation.plan().getAction(),
        situation.plan().getPriority(),
        situation.place().environment());
  }
}
