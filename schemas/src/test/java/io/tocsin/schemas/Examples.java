package io.tocsin.schemas;

import java.time.Instant;

/** Records that tests of several modules start from. */
public final class Examples {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Examples() {}

  public static Origin origin(long sequence) {
    return new Origin("agent-1", "boot-1", sequence);
  }

  /** A probe of {@code endpoint/shop} of the CORE service shop. */
  public static Probe probe(Health health, Instant at) {
    return Probe.newBuilder()
        .setResourceId("endpoint/shop")
        .setService("shop")
        .setTier(Tier.CORE)
        .setOrigin(origin(0))
        .setAt(at)
        .setKind(ProbeKind.HTTP)
        .setHealth(health)
        .setEvidence(health == Health.UP ? "answered 200" : "connection refused")
        .setLatencyUs(health == Health.UP ? 900L : null)
        .setAttempts(1)
        .setIntervalMs(1_000)
        .build();
  }
}
