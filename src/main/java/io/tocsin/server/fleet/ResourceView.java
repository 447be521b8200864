package io.tocsin.server.fleet;

import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A resource as the API shows it, with the newest that is known of it.
 *
 * @param health UP, DOWN or UNKNOWN; UNKNOWN where nothing probes it
 * @param evidence why, in words
 * @param latencyMs of the newest probe
 * @param window the newest ten-second window; null before the first
 * @param state how it stands in one word: OK, UNKNOWN, BOTTLENECK, DOWN, or P3 to P0 where an
 *     incident at it is open
 * @param dependsOn names of the services it depends on
 * @param intervalMs how often it is expected to report; 0 where nothing is expected
 * @param lastSeenAt when it was heard of last; null if not since the server began
 * @param incident id of the worst open incident at it; null without one
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
    WindowView window,
    String state,
    Map<String, String> labels,
    List<String> dependsOn,
    long intervalMs,
    Instant lastSeenAt,
    String incident) {

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

  /**
   * The view.
   *
   * @param tally what its endpoints say, of a service; null of others
   */
  static ResourceView of(
      Resource resource,
      Probe probe,
      Tally tally,
      Window window,
      Standing standing,
      Instant lastSeen,
      String incident) {
    Long latencyUs = probe == null ? null : probe.getLatencyUs();
    return new ResourceView(
        resource.getId(),
        resource.getKind().name(),
        resource.getName(),
        resource.getParent(),
        tally == null ? resource.getService() : resource.getName(),
        resource.getTier().name(),
        health(probe, tally).name(),
        evidence(probe, tally),
        latencyUs == null ? null : latencyUs / 1_000.0,
        probe == null ? null : probe.getAt(),
        window == null ? null : WindowView.of(window),
        standing.name(),
        resource.getLabels(),
        resource.getDependsOn(),
        resource.getIntervalMs(),
        lastSeen,
        incident);
  }

  private static Health health(Probe probe, Tally tally) {
    if (tally != null) {
      return tally.health();
    }
    return probe == null ? Health.UNKNOWN : probe.getHealth();
  }

  private static String evidence(Probe probe, Tally tally) {
    if (tally != null) {
      return tally.words();
    }
    return probe == null ? "no probe of it yet" : probe.getEvidence();
  }
}
