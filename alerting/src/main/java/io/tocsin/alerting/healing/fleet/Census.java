package io.tocsin.alerting.healing.fleet;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How everything stands at one moment.
 *
 * @param probed how many resources are probed, or are to be
 * @param known of how many of them anybody has had a look lately
 * @param tallies by group
 */
public record Census(int probed, int known, Map<Group, Tally> tallies) {

  /** One group of resources. */
  public record Group(Scope scope, String name) {}

  /**
   * Who belongs to a group, and how they stand.
   *
   * @param members ids of what is probed or may be acted on
   * @param probed those that are probed
   * @param healthy those that are seen to be up
   * @param unwell those that are looked at and not seen to be up
   */
  public record Tally(
      Set<String> members, Set<String> probed, Set<String> healthy, Set<String> unwell) {

    static final Tally NONE = new Tally(Set.of(), Set.of(), Set.of(), Set.of());

    private static Tally begun() {
      return new Tally(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }
  }

  /** Counts. */
  public static Census of(Sightings sightings, Fleet fleet, Set<String> targets, Instant now) {
    Map<Group, Tally> tallies = new HashMap<>();
    // Right after a start hardly any probe has been read: what nobody has seen yet counts as not
    // known, and not as not there.
    Set<String> probed = new HashSet<>(sightings.ids());
    probed.addAll(fleet.checked());
    Set<String> all = new HashSet<>(probed);
    all.addAll(targets);
    int known = 0;
    for (String id : all) {
      Reading reading = sightings.reading(id, now);
      known += reading.isFresh() ? 1 : 0;
      Place place = fleet.place(id);
      for (Scope scope : Scope.values()) {
        if (scope == Scope.TOTAL || !place.in(scope).isEmpty()) {
          Tally tally =
              tallies.computeIfAbsent(new Group(scope, place.in(scope)), group -> Tally.begun());
          enter(tally, id, reading, probed.contains(id));
        }
      }
    }
    return new Census(probed.size(), known, tallies);
  }

  private static void enter(Tally tally, String id, Reading reading, boolean isProbed) {
    tally.members().add(id);
    if (isProbed) {
      tally.probed().add(id);
    }
    if (reading.isHealthy()) {
      tally.healthy().add(id);
    }
    if (reading.isUnwell()) {
      tally.unwell().add(id);
    }
  }

  /** How the group that a place belongs to stands. */
  public Tally of(Scope scope, Place place) {
    return tallies.getOrDefault(new Group(scope, place.in(scope)), Tally.NONE);
  }
}
