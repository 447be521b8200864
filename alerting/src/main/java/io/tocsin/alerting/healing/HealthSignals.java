package io.tocsin.alerting.healing;

import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The newest probe of every resource that may be acted on. Thread-safe. */
final class HealthSignals {

  /** Clocks of two machines may differ; a probe from further ahead would hide all real ones. */
  private static final Duration AHEAD_AT_MOST = Duration.ofMinutes(1);

  private final Set<String> targets;
  private final HealingMetrics metrics;
  private final Map<String, Probe> newest = new ConcurrentHashMap<>();

  HealthSignals(Set<String> targets, HealingMetrics metrics) {
    this.targets = targets;
    this.metrics = metrics;
  }

  /** Takes a probe in; false if it says nothing new about any target. */
  boolean accept(Probe probe, Instant now) {
    String id = probe.getResourceId();
    if (!targets.contains(id)) {
      return false;
    }
    if (probe.getAt().isAfter(now.plus(AHEAD_AT_MOST))) {
      metrics.probeIgnored("future");
      return false;
    }
    Probe before = newest.get(id);
    if (before != null && !probe.getAt().isAfter(before.getAt())) {
      metrics.probeIgnored("late");
      return false;
    }
    newest.put(id, probe);
    return true;
  }

  /** The newest probe of a resource. */
  Optional<Probe> of(String resourceId) {
    return Optional.ofNullable(newest.get(resourceId));
  }
}
