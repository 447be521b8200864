package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.Advice;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A bottleneck as it is told: how bad, how sure, why, and what to try. Made only when there is
 * something to tell, for words cost more than the verdict.
 */
final class Diagnosis {

  /** A kind that is nearer to its threshold than that is worth naming as the runner-up; ours. */
  private static final double NOTABLE = 0.75;

  private final TuningCatalogue catalogue;

  Diagnosis(TuningCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What an interval says of a kind. */
  Bottleneck of(
      Subject subject,
      BottleneckKind kind,
      Episode episode,
      Interval interval,
      Thresholds thresholds) {
    List<Sign> worstFirst = worstFirst(kind, interval, thresholds);
    Sign worst = worstFirst.get(0);
    Corroboration second = Corroboration.of(kind, worst, interval, thresholds);
    double way = 0;
    for (Sign sign : worstFirst) {
      way = Math.max(way, sign.way(interval, thresholds));
    }
    List<Advice> advice = catalogue.advise(kind, subject.kind(), interval);
    Bottleneck bottleneck = about(subject, kind, episode, interval.at());
    bottleneck.setValue(interval.value(worst.metric));
    bottleneck.setThreshold(worst.threshold(thresholds));
    bottleneck.setUnit(worst.unit);
    bottleneck.setSeverity(Severity.of(way, second.confirms(), episode.isWorkLost()));
    bottleneck.setConfidence(Confidence.of(way, second));
    bottleneck.setRunnerUp(runnerUp(kind, interval, thresholds));
    bottleneck.setEvidence(evidence(worstFirst, second, episode, interval, thresholds));
    bottleneck.setRemedy(advice.isEmpty() ? null : advice.get(0).getTitle());
    bottleneck.setAdvice(advice);
    return bottleneck;
  }

  /** The end of an episode of which nothing more is known. */
  static Bottleneck forgotten(Subject subject, BottleneckKind kind, Episode episode) {
    Bottleneck bottleneck = about(subject, kind, episode, episode.seenAt());
    bottleneck.setUnit("");
    bottleneck.setSeverity(
        episode.isWorkLost() ? BottleneckSeverity.CRITICAL : BottleneckSeverity.UNSPECIFIED);
    bottleneck.setEvidence(List.of("nothing was heard of the resource; it is forgotten"));
    bottleneck.setAdvice(List.of());
    return bottleneck;
  }

  private static Bottleneck about(Subject subject, BottleneckKind kind, Episode episode, long at) {
    Bottleneck bottleneck = new Bottleneck();
    bottleneck.setResourceId(subject.resourceId());
    bottleneck.setResourceKind(subject.kind());
    bottleneck.setService(subject.service());
    bottleneck.setTier(subject.tier());
    bottleneck.setKind(kind);
    bottleneck.setSince(Instant.ofEpochMilli(episode.since()));
    bottleneck.setAt(Instant.ofEpochMilli(at));
    return bottleneck;
  }

  /** The known signs of a kind. There is one: without, nothing is told of it. */
  private static List<Sign> worstFirst(
      BottleneckKind kind, Interval interval, Thresholds thresholds) {
    return Arrays.stream(Sign.of(kind))
        .filter(sign -> !Double.isNaN(sign.ratio(interval, thresholds)))
        .sorted(
            Comparator.comparingDouble((Sign sign) -> sign.ratio(interval, thresholds)).reversed())
        .toList();
  }

  private static List<String> evidence(
      List<Sign> worstFirst,
      Corroboration second,
      Episode episode,
      Interval interval,
      Thresholds thresholds) {
    Sign worst = worstFirst.get(0);
    List<String> evidence = new ArrayList<>();
    evidence.add(
        worst.words(interval, thresholds)
            + ", for "
            + (interval.at() - episode.since()) / 1_000
            + " s");
    if (episode.isWorkLost() && worst != Sign.KILLS) {
      evidence.add("a process was killed for lack of memory since it began");
    }
    evidence.addAll(second.words());
    worstFirst.stream()
        .skip(1)
        .filter(sign -> isNear(sign.ratio(interval, thresholds)))
        .map(sign -> sign.words(interval, thresholds))
        .forEach(evidence::add);
    return evidence;
  }

  /** Worth a word, but not above, which the second evidence has said. */
  private static boolean isNear(double ratio) {
    return ratio >= NOTABLE && ratio <= 1;
  }

  private static BottleneckKind runnerUp(
      BottleneckKind named, Interval interval, Thresholds thresholds) {
    BottleneckKind runnerUp = null;
    double highest = NOTABLE;
    for (BottleneckKind kind : Episodes.KINDS) {
      double ratio = Sign.worstRatio(kind, interval, thresholds);
      if (kind != named && ratio >= highest) {
        runnerUp = kind;
        highest = ratio;
      }
    }
    return runnerUp;
  }
}
