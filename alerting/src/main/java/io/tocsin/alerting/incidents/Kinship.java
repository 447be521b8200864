package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether one trouble explains another. It does where the other needs it, by the graph, and where
 * it is of a nature to do so:
 *
 * <ul>
 *   <li>what answers no more explains all that runs on it;
 *   <li>what answers no more or wrongly explains the symptoms of its service, and of the services
 *       that depend on that;
 *   <li>what is slow or short of something explains the same symptoms (those of other services only
 *       as far as they are slowness), if it was so before them.
 * </ul>
 *
 * <p>Where two would explain each other, the one that is rather the cause does, see {@link
 * Trouble#compareTo}. All that counts is the alerts' nature and event times, never their order of
 * arrival. A shortage explains no other shortage: a guest may as well be the cause of its host's.
 */
final class Kinship {

  /** A cause may be noticed this much later than its effect. */
  static final Duration TOLERANCE = Duration.ofSeconds(60);

  /**
   * How a trouble hangs together with what explains it.
   *
   * @param rank the stronger explanation has the lower one
   * @param words found only when asked for, to follow the explained one's id
   */
  record Tie(int rank, Supplier<String> words) {}

  private final Surroundings around;

  Kinship(Surroundings around) {
    this.around = around;
  }

  /** How the first explains the second; empty if it does not. */
  Optional<Tie> explains(Trouble cause, Trouble effect) {
    Tie tie = tie(cause, effect);
    if (tie == null || cause.compareTo(effect) > 0 && tie(effect, cause) != null) {
      return Optional.empty();
    }
    return Optional.of(tie);
  }

  private Tie tie(Trouble cause, Trouble effect) {
    if (cause.isSecurity()
        || effect.isSecurity()
        || cause.resourceId().equals(effect.resourceId())) {
      return null;
    }
    if (around.ancestors(effect.resourceId()).contains(cause.resourceId())) {
      String words = "runs on " + cause.resourceId();
      return any(cause, effect, this::hostDown)
          ? new Tie(0, () -> words + ", which is unavailable")
          : any(cause, effect, this::shortBefore)
              ? new Tie(3, () -> words + ", which is short")
              : null;
    }
    String from = Services.node(cause);
    String to = Services.node(effect);
    if (from.equals(to)) {
      return stage(cause) < stage(effect) && any(cause, effect, this::within)
          ? new Tie(1, () -> "belongs to service " + to + " as " + cause.resourceId() + " does")
          : null;
    }
    if (standsOn(effect, cause.resourceId()) && any(cause, effect, this::hostDown)) {
      return new Tie(1, () -> "service " + to + " has a part that runs on " + cause.resourceId());
    }
    return around.dependencies(to).contains(from) && any(cause, effect, this::across)
        ? new Tie(2, () -> String.join(" depends on ", around.graph().dependencyPath(to, from)))
        : null;
  }

  private interface Test {
    boolean holds(Alert cause, Impact causeIs, Alert effect, Impact effectIs);
  }

  private static boolean any(Trouble cause, Trouble effect, Test test) {
    for (Member a : cause.members()) {
      for (Member b : effect.members()) {
        if (Trouble.overlap(a.alert(), b.alert())
            && test.holds(a.alert(), Impact.of(a.alert()), b.alert(), Impact.of(b.alert()))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hostDown(Alert cause, Impact causeIs, Alert effect, Impact effectIs) {
    return causeIs == Impact.UNAVAILABLE;
  }

  private boolean shortBefore(Alert cause, Impact causeIs, Alert effect, Impact effectIs) {
    return causeIs == Impact.SHORTAGE && effectIs.isSymptom() && before(cause, effect);
  }

  private boolean within(Alert cause, Impact causeIs, Alert effect, Impact effectIs) {
    return effectIs.isSymptom() && (causeIs.compareTo(Impact.ERRORS) <= 0 || before(cause, effect));
  }

  private boolean across(Alert cause, Impact causeIs, Alert effect, Impact effectIs) {
    boolean slowed = effectIs == Impact.SLOWNESS || effectIs == Impact.BUSINESS;
    return effectIs.isSymptom()
        && (causeIs.compareTo(Impact.ERRORS) <= 0
            || causeIs != Impact.BUSINESS && slowed && before(cause, effect));
  }

  private static boolean before(Alert cause, Alert effect) {
    return !cause.getSince().isAfter(effect.getSince().plus(TOLERANCE));
  }

  private boolean standsOn(Trouble effect, String resourceId) {
    for (String ground : around.grounds(effect)) {
      if (ground.equals(resourceId)) {
        return true;
      }
    }
    return false;
  }

  /** Within a service, machines come before what answers on them, and that before the whole. */
  static int stage(Trouble trouble) {
    return switch (trouble.kind()) {
      case HOST -> 0;
      case VM -> 1;
      case CONTAINER -> 2;
      case ENDPOINT -> 3;
      case SERVICE -> 4;
      case UNSPECIFIED -> 2;
    };
  }
}
