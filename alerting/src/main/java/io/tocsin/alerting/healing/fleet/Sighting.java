package io.tocsin.alerting.healing.fleet;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;

/**
 * The newest that one agent has seen of one resource.
 *
 * @param agent who
 * @param at when its try began
 * @param health what it found
 * @param since when the first try began that found the same without a break
 * @param freshFor how far away it may be to say anything
 */
public record Sighting(String agent, Instant at, Health health, Instant since, Duration freshFor) {

  /** Probe intervals after which a probe says nothing any more: two may be lost. */
  private static final int FRESH_INTERVALS = 3;

  /** An interval is text from a topic: no claim makes a probe count for longer than this. */
  private static final Duration FRESH_AT_MOST = Duration.ofMinutes(5);

  /** What a probe says. */
  public static Sighting of(Probe probe) {
    long intervalMs = Math.max(0, Math.min(probe.getIntervalMs(), FRESH_AT_MOST.toMillis()));
    Duration fresh = Duration.ofMillis(FRESH_INTERVALS * intervalMs);
    return new Sighting(
        probe.getOrigin().getAgent(),
        probe.getAt(),
        probe.getHealth(),
        probe.getAt(),
        fresh.compareTo(FRESH_AT_MOST) < 0 ? fresh : FRESH_AT_MOST);
  }

  /** Whether it still says anything, by either clock. */
  public boolean isFresh(Instant now) {
    return Duration.between(at, now).abs().compareTo(freshFor) <= 0;
  }

  /** The same, coming after an earlier one of the same agent. */
  Sighting following(Sighting earlier) {
    return earlier.health() == health
        ? new Sighting(agent, at, health, earlier.since(), freshFor)
        : this;
  }
}
