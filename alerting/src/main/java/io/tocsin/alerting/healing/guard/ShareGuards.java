package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.fleet.Census;
import io.tocsin.alerting.healing.fleet.Census.Tally;
import io.tocsin.alerting.healing.fleet.Place;
import io.tocsin.alerting.healing.fleet.Scope;
import io.tocsin.schemas.HealResult;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Guards that look at how the others do. Where many have failed at once it is something more
 * fundamental that has, and acting on them one by one makes it worse. What is being acted on counts
 * as not healthy, whatever its newest probe says.
 */
final class ShareGuards {

  private ShareGuards() {}

  /** Too many that nobody sees: it is the view that has failed. */
  static Optional<Decision> completeness(Situation situation) {
    Census census = situation.census();
    double least = situation.config().evidence().minKnownShare();
    if (!situation.isDisruptive() || census.known() >= least * census.probed()) {
      return Optional.empty();
    }
    return Guard.await(
        "completeness",
        "only "
            + census.known()
            + " of "
            + census.probed()
            + " probed resources have been seen lately; "
            + percent(least)
            + " have to be");
  }

  /** Too few of the service's members would be left. */
  static Optional<Decision> healthyShare(Situation situation) {
    Evidence evidence = situation.config().evidence();
    if (!situation.isDisruptive() || situation.place().service().isEmpty()) {
      return Optional.empty();
    }
    Tally service = situation.census().of(Scope.SERVICE, situation.place());
    int members = service.probed().size();
    if (members < evidence.ofAtLeast()) {
      return Optional.empty();
    }
    Set<String> absent = new HashSet<>(acting(situation, Scope.SERVICE));
    absent.add(situation.target());
    absent.retainAll(service.healthy());
    int left = service.healthy().size() - absent.size();
    return left >= evidence.minHealthyShare() * members
        ? Optional.empty()
        : Guard.refuse(
            "healthy-share",
            "of the "
                + members
                + " members of "
                + situation.place().service()
                + " only "
                + left
                + " besides it would be healthy; "
                + percent(evidence.minHealthyShare())
                + " have to be");
  }

  /** Too much is being acted on already. */
  static Optional<Decision> blastRadius(Situation situation) {
    BlastRadius radius = situation.config().blastRadius();
    if (!situation.isDisruptive()) {
      return Optional.empty();
    }
    return objection(situation, Scope.SERVICE, radius.perService())
        .or(() -> objection(situation, Scope.HOST, radius.perHost()))
        .or(() -> objection(situation, Scope.ZONE, radius.perZone()))
        .or(() -> objection(situation, Scope.TOTAL, radius.total()));
  }

  private static Optional<Decision> objection(
      Situation situation, Scope scope, BlastRadius.Limit limit) {
    String group = situation.place().in(scope);
    if (scope != Scope.TOTAL && group.isEmpty()) {
      return Optional.empty();
    }
    Set<String> acting = acting(situation, scope);
    String where = scope == Scope.TOTAL ? "in total" : "in " + scope.word() + " " + group;
    if (acting.size() >= limit.count()) {
      return noRoom(
          acting.size() + " of at most " + limit.count() + " are being acted on " + where);
    }
    if (limit.share() == null) {
      return Optional.empty();
    }
    Tally tally = situation.census().of(scope, situation.place());
    Set<String> unwell = tally.unwell();
    long touched =
        unwell.size()
            - (unwell.contains(situation.target()) ? 1 : 0)
            + acting.stream().filter(id -> !unwell.contains(id)).count();
    // One alone is always allowed: a share of few is less than one.
    return touched == 0 || touched + 1 <= limit.share() * tally.members().size()
        ? Optional.empty()
        : noRoom(
            touched
                + " of "
                + tally.members().size()
                + " besides it are unwell or being acted on "
                + where
                + "; at most "
                + percent(limit.share())
                + " may be with it");
  }

  private static Optional<Decision> noRoom(String reason) {
    return Guard.await(BLAST_RADIUS, reason);
  }

  /** The name that those who keep the time of waiting for room go by. */
  static final String BLAST_RADIUS = "blast-radius";

  /** Targets of one group that are being acted on or were lately, but for the plan's own. */
  private static Set<String> acting(Situation situation, Scope scope) {
    List<HealResult> all =
        situation
            .ledger()
            .acting(situation.now().minus(situation.config().blastRadius().recently()));
    Set<String> targets = new HashSet<>();
    for (HealResult one : all) {
      if (place(one).in(scope).equals(situation.place().in(scope)) && disrupts(situation, one)) {
        targets.add(one.getTargetId());
      }
    }
    targets.remove(situation.target());
    return targets;
  }

  /** Where it was when it was begun: the inventory may say another thing by now. */
  private static Place place(HealResult result) {
    return new Place(result.getService(), result.getHost(), result.getZone(), "");
  }

  /** What the configuration does not know any more counts. */
  private static boolean disrupts(Situation situation, HealResult result) {
    return situation
        .config()
        .action(result.getAction())
        .map(action -> action.does().isDisruptive())
        .orElse(true);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
