package io.tocsin.server.fleet;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.server.incident.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says how all resources stand, from what the views know. Worked out anew when it is older than
 * {@link #FRESH_FOR}: often enough for eyes, seldom enough for thousands of resources of which each
 * is heard of every second. Thread-safe.
 */
public final class FleetBoard {

  /** A quarter of a second, so that an open map gets at most four changes a second. */
  public static final Duration FRESH_FOR = Duration.ofMillis(250);

  /** An incident is shown sooner, but a thousand a second must not be a thousand looks a second. */
  private static final Duration INCIDENTS_FRESH_FOR = Duration.ofMillis(50);

  private final Fleet fleet;
  private final Windows windows;
  private final Bottlenecks bottlenecks;
  private final Incidents incidents;
  private final Clock clock;
  private FleetSnapshot newest;
  private Instant madeAt;
  private long incidentsThen;

  /** Over these views. */
  public FleetBoard(
      Fleet fleet, Windows windows, Bottlenecks bottlenecks, Incidents incidents, Clock clock) {
    this.fleet = fleet;
    this.windows = windows;
    this.bottlenecks = bottlenecks;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** How they stand now, or stood a quarter of a second ago. */
  synchronized FleetSnapshot now() {
    Instant now = clock.instant();
    if (newest == null || isOld(Duration.between(madeAt, now).abs())) {
      incidentsThen = incidents.version();
      madeAt = now;
      FleetSnapshot next = look(now);
      if (newest == null || !next.looksAs(newest)) {
        newest = next;
      } else {
        newest = renewed(next, newest.version());
      }
    }
    return newest;
  }

  private boolean isOld(Duration age) {
    return age.compareTo(FRESH_FOR) >= 0
        || (incidents.version() != incidentsThen && age.compareTo(INCIDENTS_FRESH_FOR) >= 0);
  }

  /** Its version alone. */
  long version() {
    return now().version();
  }

  private FleetSnapshot look(Instant now) {
    long version = newest == null ? now.toEpochMilli() : newest.version() + 1;
    Map<String, WorstIncident> worst = WorstIncident.byResource(incidents.open());
    Map<String, Tally> tallies = fleet.tallies(now);
    FleetView seen = fleet.standings(worst, bottlenecks.places(), tallies, now);
    Map<String, Integer> places =
        newest != null && newest.resources() == seen.resources()
            ? newest.places()
            : FleetSnapshot.places(seen.resources());
    return new FleetSnapshot(version, seen.resources(), seen.standings(), worst, tallies, places);
  }

  private static FleetSnapshot renewed(FleetSnapshot next, long version) {
    return new FleetSnapshot(
        version, next.resources(), next.standings(), next.worst(), next.tallies(), next.places());
  }

  /** How each resource stands now, by id, in one word. */
  public Function<String, String> states() {
    FleetSnapshot at = now();
    return id -> at.standing(id).name();
  }

  /** All that is known of a resource. */
  ResourceView view(FleetSnapshot at, Resource resource) {
    String id = resource.getId();
    WorstIncident worst = at.worst().get(id);
    return ResourceView.of(
        resource,
        fleet.probe(id).orElse(null),
        resource.getKind() == ResourceKind.SERVICE
            ? at.tallies().getOrDefault(resource.getName(), Tally.NONE)
            : null,
        windows.efficiency(id, Windows.TEN_SECONDS).orElse(null),
        at.standing(id),
        fleet.lastSeen(id).orElse(null),
        worst == null ? null : worst.id());
  }

  /** The same of all of them. */
  public List<ResourceView> all() {
    FleetSnapshot at = now();
    return at.resources().stream().map(resource -> view(at, resource)).toList();
  }

  Optional<ResourceView> one(String id) {
    FleetSnapshot at = now();
    return fleet.resource(id).map(resource -> view(at, resource));
  }
}
