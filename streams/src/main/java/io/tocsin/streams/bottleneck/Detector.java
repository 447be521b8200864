package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.streams.bottleneck.Episode.Telling;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds bottlenecks in the intervals of a resource.
 *
 * <p>It looks at each interval as it comes rather than at 10 s windows: a window's mean is a single
 * value when it has just begun and carries 10 s of the past when it ends, so how soon a shortage
 * shows would depend on where in a window it starts. Trust comes from asking for {@link
 * Thresholds#raiseAfter} of intervals above, without a break.
 */
public final class Detector {

  private static final List<BottleneckKind> KINDS =
      List.of(BottleneckKind.CPU, BottleneckKind.MEMORY, BottleneckKind.IO, BottleneckKind.NETWORK);

  /** A kind that is nearer to its threshold than that is worth naming as the runner-up; ours. */
  private static final double NOTABLE = 0.75;

  private final Thresholds thresholds;

  /** A detector with these thresholds. */
  public Detector(Thresholds thresholds) {
    this.thresholds = thresholds;
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
    Map<BottleneckKind, List<Signal>> signals = new EnumMap<>(BottleneckKind.class);
    for (BottleneckKind kind : KINDS) {
      signals.put(kind, Signal.of(kind, interval, thresholds));
    }
    Map<BottleneckKind, Episode> next = new EnumMap<>(BottleneckKind.class);
    List<Bottleneck> told = new ArrayList<>();
    for (BottleneckKind kind : KINDS) {
      Episode episode = episodes.byKind().get(kind);
      Episode.Step step =
          Episode.step(
              episode, ratio(signals.get(kind)), interval.startsAt(), interval.at(), thresholds);
      if (step.episode() != null) {
        next.put(kind, step.episode());
      }
      if (step.telling() != Telling.NOTHING) {
        long since = step.episode() == null ? episode.since() : step.episode().since();
        Bottleneck bottleneck = describe(subject, kind, since, interval, signals);
        bottleneck.setActive(step.telling() != Telling.END);
        told.add(bottleneck);
      }
    }
    return new Findings(next.isEmpty() ? Episodes.NONE : new Episodes(next), told);
  }

  /** Ends all episodes of a resource of which nothing was heard for too long. */
  public Findings forget(Subject subject, Episodes episodes) {
    List<Bottleneck> told = new ArrayList<>();
    for (BottleneckKind kind : KINDS) {
      Episode episode = episodes.byKind().get(kind);
      if (episode != null && episode.isRaised()) {
        Bottleneck bottleneck = about(subject, kind, episode.since(), episode.seenAt());
        bottleneck.setUnit("");
        bottleneck.setEvidence(List.of("nothing was heard of the resource; it is forgotten"));
        told.add(bottleneck);
      }
    }
    return new Findings(Episodes.NONE, told);
  }

  private static double ratio(List<Signal> signals) {
    return signals.isEmpty() ? Double.NaN : signals.get(0).ratio();
  }

  private Bottleneck describe(
      Subject subject,
      BottleneckKind kind,
      long since,
      Interval interval,
      Map<BottleneckKind, List<Signal>> signals) {
    Signal worst = signals.get(kind).get(0);
    Corroboration second = Corroboration.of(kind, interval);
    List<String> evidence = new ArrayList<>();
    evidence.add(worst.words() + ", for " + (interval.at() - since) / 1_000 + " s");
    signals.get(kind).stream()
        .skip(1)
        .filter(signal -> signal.ratio() >= NOTABLE)
        .forEach(signal -> evidence.add(signal.words()));
    evidence.addAll(second.words());
    Bottleneck bottleneck = about(subject, kind, since, interval.at());
    bottleneck.setValue(worst.value());
    bottleneck.setThreshold(worst.threshold());
    bottleneck.setUnit(worst.unit());
    bottleneck.setConfidence(Confidence.of(worst, second.verdict()));
    bottleneck.setRunnerUp(runnerUp(kind, signals));
    bottleneck.setEvidence(evidence);
    bottleneck.setRemedy(Remedies.of(kind, interval));
    return bottleneck;
  }

  private static Bottleneck about(Subject subject, BottleneckKind kind, long since, long at) {
    Bottleneck bottleneck = new Bottleneck();
    bottleneck.setResourceId(subject.resourceId());
    bottleneck.setResourceKind(subject.kind());
    bottleneck.setService(subject.service());
    bottleneck.setTier(subject.tier());
    bottleneck.setKind(kind);
    bottleneck.setSince(Instant.ofEpochMilli(since));
    bottleneck.setAt(Instant.ofEpochMilli(at));
    bottleneck.setSeverity(BottleneckSeverity.UNSPECIFIED);
    bottleneck.setAdvice(List.of());
    return bottleneck;
  }

  private static BottleneckKind runnerUp(
      BottleneckKind named, Map<BottleneckKind, List<Signal>> signals) {
    BottleneckKind runnerUp = null;
    double highest = NOTABLE;
    for (BottleneckKind kind : KINDS) {
      double ratio = ratio(signals.get(kind));
      if (kind != named && ratio >= highest) {
        runnerUp = kind;
        highest = ratio;
      }
    }
    return runnerUp;
  }
}
