package io.tocsin.alerting.healing.guard;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.util.Optional;

/**
 * Acts only on a target that is seen to be DOWN. What is UNKNOWN, old or absent authorises nothing;
 * the plan waits for something better.
 */
final class HealthGuard {

  /** Probe intervals after which the newest probe says nothing any more. */
  private static final int FRESH_INTERVALS = 3;

  /** An interval is text from a topic: no claim makes a probe count for longer than this. */
  private static final Duration FRESH_AT_MOST = Duration.ofMinutes(5);

  private HealthGuard() {}

  static Optional<Decision> health(Situation situation) {
    if (situation.lastProbe().isEmpty()) {
      return wait("no probe of it has been seen");
    }
    Probe probe = situation.lastProbe().get();
    Duration age = Duration.between(probe.getAt(), situation.now()).abs();
    Duration limit = freshFor(probe);
    if (age.compareTo(limit) > 0) {
      return wait("its newest probe, of " + probe.getAt() + ", is more than " + limit + " away");
    }
    if (probe.getHealth() == Health.UNKNOWN) {
      return wait("its health is UNKNOWN as of " + probe.getAt());
    }
    return probe.getHealth() == Health.UP
        ? Guard.refuse("health", "already healthy as of " + probe.getAt())
        : Optional.empty();
  }

  private static Duration freshFor(Probe probe) {
    long intervalMs = Math.max(0, Math.min(probe.getIntervalMs(), FRESH_AT_MOST.toMillis()));
    Duration fresh = Duration.ofMillis(FRESH_INTERVALS * intervalMs);
    return fresh.compareTo(FRESH_AT_MOST) < 0 ? fresh : FRESH_AT_MOST;
  }

  private static Optional<Decision> wait(String reason) {
    return Optional.of(new Decision.Wait("health", reason));
  }
}
