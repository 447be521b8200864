package io.tocsin.server.fleet;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Window;
import java.time.Instant;
import java.util.List;

/**
 * A resource as the API shows it, with the newest that is known of it.
 *
 * @param health UP, DOWN or UNKNOWN; UNKNOWN where nothing probes it
 * @param evidence why, in words
 * @param latencyMs of the newest probe
 * @param window the newest ten-second window; null before the first
 */
public record ResourceView(
    String id,
    String kind,
    String name,
    String parent,
    String service,
    String tier,
    String health,
    String evidence,
    Double latencyMs,
    Instant probedAt,
    WindowView window) {

  /** Means of a window, in percent; efficiency is 0 to 1. Null where not known. */
  public record WindowView(
      Instant startsAt,
      Instant latestAt,
      Double cpuPercent,
      Double memoryPercent,
      Double ioPercent,
      Double networkPercent,
      Double efficiency) {

    static WindowView of(Window window) {
      return new WindowView(
          window.getStartsAt(),
          window.getLatestAt(),
          mean(window.getCpuPercent()),
          mean(window.getMemoryPercent()),
          mean(window.getIoPercent()),
          mean(window.getNetworkPercent()),
          window.getEfficiency());
    }

    private static Double mean(Figure figure) {
      return figure == null ? null : figure.getMean();
    }
  }

  /** A service is up while one of its endpoints is; nobody probes a service itself. */
  static ResourceView ofService(Resource service, List<Probe> endpoints) {
    long up = endpoints.stream().filter(probe -> probe.getHealth() == Health.UP).count();
    boolean allDown =
        !endpoints.isEmpty()
            && endpoints.stream().allMatch(probe -> probe.getHealth() == Health.DOWN);
    Health health = up > 0 ? Health.UP : allDown ? Health.DOWN : Health.UNKNOWN;
    return new ResourceView(
        service.getId(),
        service.getKind().name(),
        service.getName(),
        service.getParent(),
        service.getName(),
        service.getTier().name(),
        health.name(),
        up + " of " + endpoints.size() + " endpoints up",
        null,
        null,
        null);
  }

  static ResourceView of(Resource resource, Probe probe, Window window) {
    Long latencyUs = probe == null ? null : probe.getLatencyUs();
    return new ResourceView(
        resource.getId(),
        resource.getKind().name(),
        resource.getName(),
        resource.getParent(),
        resource.getService(),
        resource.getTier().name(),
        probe == null ? "UNKNOWN" : probe.getHealth().name(),
        probe == null ? "no probe of it yet" : probe.getEvidence(),
        latencyUs == null ? null : latencyUs / 1_000.0,
        probe == null ? null : probe.getAt(),
        window == null ? null : WindowView.of(window));
  }
}
