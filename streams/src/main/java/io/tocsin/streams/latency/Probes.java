package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Reading.ABSENT;

import io.tocsin.schemas.PathStatistics;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.latency.Reading.Kind;
import io.tocsin.streams.window.Subject;

/** Reads probes. Those of one agent, by one kind, at one endpoint are a series. */
public final class Probes {

  private Probes() {}

  /**
   * Reads a probe.
   *
   * @param at its event time, in ms
   */
  public static Input read(Probe probe, long at) {
    PathStatistics path = probe.getPath();
    if (path != null && (path.getReceived() < 0 || path.getSent() < path.getReceived())) {
      return new Input.Refused(Refusal.MALFORMED);
    }
    Reading reading =
        new Reading(
            path == null ? Kind.TRY : Kind.BURST,
            false,
            at,
            probe.getAt().toEpochMilli(),
            probe.getOrigin().getBootId(),
            probe.getOrigin().getSequence(),
            ABSENT,
            path == null
                ? new long[] {verdict(probe), present(probe.getLatencyUs())}
                : burst(verdict(probe), path),
            Reading.NO_BOUNDS);
    Subject subject =
        new Subject(
            probe.getResourceId(), ResourceKind.ENDPOINT, probe.getService(), probe.getTier());
    String series = SeriesId.of("probe", probe.getOrigin().getAgent(), probe.getKind().name());
    return new Input.Taken(subject, series, reading);
  }

  private static long verdict(Probe probe) {
    return switch (probe.getHealth()) {
      case UP -> Reading.UP;
      case DOWN -> Reading.DOWN;
      case UNKNOWN -> Reading.UNKNOWN;
    };
  }

  private static long[] burst(long verdict, PathStatistics path) {
    return new long[] {
      verdict,
      path.getSent(),
      path.getReceived(),
      present(path.getMeanUs()),
      present(path.getJitterUs()),
      present(path.getMinUs()),
      present(path.getP50Us()),
      present(path.getP90Us()),
      present(path.getP99Us()),
      present(path.getMaxUs())
    };
  }

  /** A time below zero is nonsense from outside; it counts as absent. */
  private static long present(Long us) {
    return us == null || us < 0 ? ABSENT : us;
  }
}
