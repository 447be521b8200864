package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.bottleneck.Episode.Telling;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds bottlenecks in the intervals of a resource.
 *
 * <p>It looks at each interval as it comes rather than at 10 s windows: a window's mean is a single
 * value when it has just begun and carries 10 s of the past when it ends, so how soon a shortage
 * shows would depend on where in a window it starts. Trust comes from asking for {@link
 * Thresholds#raiseAfter} of intervals above, without a break.
 *
 * <p>It runs for each sample: of a resource that is well it compares a dozen figures and makes no
 * object. Not thread-safe; one per task.
 */
public final class Detector {

  private static final Findings NOTHING = new Findings(Episodes.NONE, List.of());

  private final ThresholdCache thresholds;
  private final Diagnosis diagnosis;

  /** A detector. */
  public Detector(BottleneckSettings settings) {
    this.thresholds = new ThresholdCache(settings.thresholds(), ThresholdCache.CAPACITY);
    this.diagnosis = new Diagnosis(settings.catalogue());
  }

  /**
   * What an interval, or the end of all of them, led to.
   *
   * @param episodes those under way from now on
   * @param bottlenecks records to send
   */
  public record Findings(Episodes episodes, List<Bottleneck> bottlenecks) {}

  /** Looks at the next interval of a resource. */
  public Findings observe(Subject subject, Interval interval, Episodes episodes) {
    Thresholds holding = thresholds.of(subject);
    Episode[] next = null;
    List<Bottleneck> told = null;
    for (int place = 0; place < Episodes.KINDS.size(); place++) {
      BottleneckKind kind = Episodes.KINDS.get(place);
      Episode episode = episodes.of(kind);
      double ratio = Sign.worstRatio(kind, interval, holding);
      if (episode == null && !(ratio > 1)) {
        continue;
      }
      boolean isKill = kind == BottleneckKind.MEMORY && interval.value(Metric.OOM_KILLS) > 0;
      Episode.Step step =
          Episode.step(episode, ratio, isKill, interval.startsAt(), interval.at(), holding);
      if (step.episode() != null) {
        next = next == null ? new Episode[Episodes.KINDS.size()] : next;
        next[place] = step.episode();
      }
      if (step.telling() != Telling.NOTHING) {
        Episode toldOf = step.episode() == null ? episode : step.episode();
        Bottleneck bottleneck = diagnosis.of(subject, kind, toldOf, interval, holding);
        bottleneck.setActive(step.telling() != Telling.END);
        told = told == null ? new ArrayList<>() : told;
        told.add(bottleneck);
      }
    }
    if (next == null && told == null) {
      return NOTHING;
    }
    return new Findings(
        next == null ? Episodes.NONE : Episodes.of(next), told == null ? List.of() : told);
  }

  /** Ends all episodes of a resource of which nothing was heard for too long. */
  public Findings forget(Subject subject, Episodes episodes) {
    List<Bottleneck> told = new ArrayList<>();
    for (BottleneckKind kind : Episodes.KINDS) {
      Episode episode = episodes.of(kind);
      if (episode != null && episode.isRaised()) {
        told.add(Diagnosis.forgotten(subject, kind, episode));
      }
    }
    return new Findings(Episodes.NONE, told);
  }
}
