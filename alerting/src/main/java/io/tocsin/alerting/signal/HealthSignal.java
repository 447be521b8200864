package io.tocsin.alerting.signal;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.PathStatistics;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.util.Map;

/** What probes and health checks say of their endpoint. */
public final class HealthSignal {

  /** Probes that may be missing before the newest one no longer speaks for its endpoint. */
  private static final int MISSING_PROBES = 3;

  /** A longer interval is a mistake, and must not overflow what is reckoned with it. */
  private static final long MAX_INTERVAL_MS = Duration.ofDays(1).toMillis();

  /** The figures of a probe. */
  public static final FieldTable<Probe> FIELDS =
      FieldTable.<Probe>builder()
          .words("health", Health.class, "The verdict.", Probe::getHealth)
          .add(
              FieldDoc.bool("up", "Whether it is UP; not known if its health is UNKNOWN."),
              probe -> probe.getHealth() == Health.UNKNOWN ? null : probe.getHealth() == Health.UP)
          .words("probe", ProbeKind.class, "How it was probed.", Probe::getKind)
          .text("evidence", "Why the health is what it is, in words.", Probe::getEvidence)
          .add(
              FieldDoc.number("latency_ms", "ms", "From the start of the attempt to its verdict."),
              probe -> ms(probe.getLatencyUs()))
          .add(
              FieldDoc.number("loss_percent", "%", "Probes of a burst that were not answered."),
              probe -> loss(probe.getPath()))
          .add(
              FieldDoc.number("jitter_ms", "ms", "Jitter of a burst."),
              probe -> probe.getPath() == null ? null : ms(probe.getPath().getJitterUs()))
          .maybe(
              "throughput_bytes_per_second",
              "bytes/s",
              "What came back per second of a throughput test.",
              probe ->
                  probe.getPath() == null ? null : probe.getPath().getThroughputBytesPerSecond())
          .maybe(
              "certificate_days_left",
              "days",
              "Until the first certificate of the chain expires; negative afterwards.",
              Probe::getCertificateDaysLeft)
          .number("attempts", "", "Attempts made, at least 1.", Probe::getAttempts)
          .add(
              FieldDoc.number("tries", "", "1 if the health is known: what a budget is made of."),
              probe -> probe.getHealth() == Health.UNKNOWN ? null : 1.0)
          .add(
              FieldDoc.number("failed", "", "1 if it is DOWN, 0 if it is UP."),
              probe ->
                  switch (probe.getHealth()) {
                    case UP -> 0.0;
                    case DOWN -> 1.0;
                    case UNKNOWN -> null;
                  })
          .number(
              "interval_seconds",
              "s",
              "The configured time between two tries.",
              probe -> probe.getIntervalMs() / 1_000.0)
          .build();

  private HealthSignal() {}

  /** A probe; it speaks for its endpoint until three have been missed. */
  public static Observation of(Probe probe) {
    return Observation.of(
        SignalKind.HEALTH,
        probe.getResourceId(),
        ResourceKind.ENDPOINT,
        "",
        probe.getService(),
        probe.getTier(),
        Map.of(),
        probe.getAt(),
        probe.getAt(),
        MISSING_PROBES * Math.max(1, Math.min(probe.getIntervalMs(), MAX_INTERVAL_MS)),
        FIELDS.of(probe));
  }

  private static Double ms(Long us) {
    return us == null ? null : us / 1_000.0;
  }

  private static Double loss(PathStatistics path) {
    return path == null || path.getSent() < 1
        ? null
        : 100.0 * (path.getSent() - path.getReceived()) / path.getSent();
  }
}
