package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.fleet.Sightings;
import io.tocsin.schemas.Probe;
import java.time.Instant;
import java.util.Locale;

/** Takes probes in and counts those that say nothing new. */
final class HealthSignals {

  private final Sightings sightings;
  private final HealingMetrics metrics;

  HealthSignals(Sightings sightings, HealingMetrics metrics) {
    this.sightings = sightings;
    this.metrics = metrics;
  }

  /** Takes a probe in; false if it says nothing new. */
  boolean accept(Probe probe, Instant now) {
    Sightings.Taken taken = sightings.accept(probe, now);
    if (taken != Sightings.Taken.NEWEST) {
      metrics.probeIgnored(taken.name().toLowerCase(Locale.ROOT));
    }
    return taken == Sightings.Taken.NEWEST;
  }
}
