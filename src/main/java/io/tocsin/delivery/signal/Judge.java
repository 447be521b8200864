package io.tocsin.delivery.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what is seen since a version was put somewhere with what was before. What came at some
 * pace before may go on at twice that pace: a fleet that sends one bad record a minute does so
 * under the new version, too.
 */
public final class Judge {

  private static final double PACE = 2;

  private final Baseline before;
  private final Limits limits;
  private final InstanceChecks instances;
  private final LagCheck lag;

  /** Against this, within these. */
  public Judge(Baseline before, Limits limits) {
    this.before = before;
    this.limits = limits;
    this.instances = new InstanceChecks(before, limits);
    this.lag = new LagCheck(before, limits);
  }

  /**
   * The verdict on the last look.
   *
   * @param versions the version that each instance should have by now; instances that are not named
   *     should do as well as before
   * @param seen every look since these versions have been there, oldest first; at least one
   */
  public Verdict judge(Map<String, String> versions, List<Observation> seen) {
    Observation now = seen.get(seen.size() - 1);
    List<Reason> reasons = new ArrayList<>(instances.check(versions, seen));
    if (now.pipeline() instanceof PipelineReading.Known known) {
      reasons.addAll(lag.check(seen));
      reasons.addAll(letters(known, now.at()));
      reasons.addAll(refusals(known, now.at()));
      reasons.addAll(incidents(known, seen.get(0).at()));
    } else if (now.pipeline() instanceof PipelineReading.Silent silent) {
      reasons.add(Reason.wrong(Signal.PIPELINE, "the API", silent.why()));
    }
    return Verdict.of(reasons);
  }

  private List<Reason> letters(PipelineReading.Known known, Instant now) {
    List<PipelineReading.Letter> since =
        known.letters().stream()
            .filter(letter -> !letter.at().isBefore(before.from()))
            .filter(letter -> !before.letters().contains(letter.id()))
            .toList();
    if (since.size() <= allowed(limits.deadLetters(), before.lettersPerSecond(), now)) {
      return List.of();
    }
    PipelineReading.Letter newest = since.get(0);
    return List.of(
        Reason.wrong(
            Signal.DEAD_LETTERS,
            newest.stage(),
            "%d records or more could not be used since; the newest is %s: %s"
                .formatted(since.size(), newest.id(), newest.reason())));
  }

  private List<Reason> refusals(PipelineReading.Known known, Instant now) {
    long since = 0;
    long most = 0;
    String of = "";
    for (Map.Entry<String, Long> kind : known.refusals().entrySet()) {
      long more = kind.getValue() - before.refusals().getOrDefault(kind.getKey(), 0L);
      since += Math.max(0, more);
      if (more > most) {
        most = more;
        of = kind.getKey();
      }
    }
    return since <= allowed(limits.refusals(), before.refusalsPerSecond(), now)
        ? List.of()
        : List.of(
            Reason.wrong(
                Signal.REFUSALS,
                of,
                "%d records were left out since, %d of them here".formatted(since, most)));
  }

  private List<Reason> incidents(PipelineReading.Known known, Instant begun) {
    return known.incidents().stream()
        .filter(
            each ->
                limits.services().contains(each.service()) || limits.rules().contains(each.rule()))
        .filter(each -> !before.incidents().contains(each.id()))
        .map(
            each ->
                new Reason(
                    Signal.INCIDENTS,
                    each.id(),
                    each.priority() + " about Tocsin itself: " + each.summary(),
                    // what opened while an instance was exchanged has until the end to be over
                    each.startedAt().isBefore(begun)))
        .toList();
  }

  private long allowed(long limit, double pace, Instant now) {
    return limit + pace(pace, Duration.between(before.to(), now));
  }

  /** How many may come in a time, of what came at a pace before. */
  static long pace(double perSecond, Duration time) {
    return (long) Math.ceil(PACE * perSecond * Math.max(0, time.toMillis()) / 1e3);
  }
}
