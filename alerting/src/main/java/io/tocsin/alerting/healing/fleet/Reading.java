package io.tocsin.alerting.healing.fleet;

import io.tocsin.schemas.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How a resource stands: three-valued, one voice for every agent.
 *
 * @param up agents whose newest probe is fresh and says UP
 * @param down those whose says DOWN
 * @param unknown those whose says that they do not know
 * @param silent those that have not looked lately
 * @param contradicted whether one that says UP has looked after another had begun to see it down
 * @param newest time of the newest probe of all; null if there is none
 */
public record Reading(
    int up, int down, int unknown, int silent, boolean contradicted, Instant newest) {

  static Reading of(List<Sighting> seen, Instant now) {
    return new Reading(
        count(seen, now, Health.UP),
        count(seen, now, Health.DOWN),
        count(seen, now, Health.UNKNOWN),
        (int) seen.stream().filter(one -> !one.isFresh(now)).count(),
        isContradicted(seen, now),
        seen.stream().map(Sighting::at).max(Comparator.naturalOrder()).orElse(null));
  }

  private static int count(List<Sighting> seen, Instant now, Health health) {
    return (int) seen.stream().filter(one -> one.isFresh(now) && one.health() == health).count();
  }

  private static boolean isContradicted(List<Sighting> seen, Instant now) {
    return seen.stream()
        .filter(one -> one.isFresh(now) && one.health() == Health.DOWN)
        .map(Sighting::since)
        .min(Comparator.naturalOrder())
        .filter(since -> seen.stream().anyMatch(one -> isUpAfter(one, since, now)))
        .isPresent();
  }

  private static boolean isUpAfter(Sighting one, Instant since, Instant now) {
    return one.isFresh(now) && one.health() == Health.UP && !one.at().isBefore(since);
  }

  /** Agents that probe it, silent ones included. */
  public int agents() {
    return up + down + unknown + silent;
  }

  /** Whether anybody has looked lately. */
  public boolean isFresh() {
    return up + down + unknown > 0;
  }

  /** Whether it is seen to be up, and nobody says otherwise. */
  public boolean isHealthy() {
    return up > 0 && down == 0;
  }

  /** Whether it is looked at, and not seen to be healthy. */
  public boolean isUnwell() {
    return isFresh() && !isHealthy();
  }
}
