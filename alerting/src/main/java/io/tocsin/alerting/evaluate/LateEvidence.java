package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.evaluate.Outcome.Held;
import io.tocsin.alerting.rules.Rule;
import java.time.Instant;
import java.util.List;

/**
 * What an observation can still change that is older than the newest of its series: it may show
 * that a series was not bad, or not good, all the time that it was thought to be.
 *
 * <p>Only what the state tells without a history is revised. Not covered: late bad evidence of a
 * series that is healthy or pending, which might have begun earlier; anything about episodes that
 * are over or flapping; windows and what is derived, whose late samples the stage before has dealt
 * with.
 */
final class LateEvidence {

  private final Episodes episodes;

  LateEvidence(Episodes episodes) {
    this.episodes = episodes;
  }

  SeriesState judge(Rule rule, SeriesState was, Verdict verdict, Instant at, List<Outcome> out) {
    Standing now = was.now();
    if (was.unknownSince() == null && now.flappingSince() == null) {
      if (verdict == Verdict.GOOD && interrupts(rule, was, at)) {
        boolean fired = now.isFiring();
        return episodes.revise(rule, was, after(was), was.lastAt(), reason(fired, at), out);
      } else if (verdict == Verdict.BAD
          && now.goodSince() != null
          && !at.isBefore(now.goodSince())) {
        boolean good = was.lastVerdict() == Verdict.GOOD;
        Standing later = now.goodSince(good ? was.lastAt() : null);
        return episodes.revise(rule, was, later, was.lastAt(), reason(false, at), out);
      }
    }
    out.add(new Held(rule.name(), Reason.OUT_OF_ORDER));
    return was;
  }

  /** Whether it was good in the very time for which it had to be bad. */
  private static boolean interrupts(Rule rule, SeriesState was, Instant at) {
    Standing now = was.now();
    return switch (now.phase()) {
      case HEALTHY -> false;
      case PENDING -> at.isAfter(now.since());
      case FIRING ->
          at.isAfter(now.since())
              && !at.isAfter(now.firedAt())
              // By now it may have been bad for long enough even so.
              && !(was.lastVerdict() == Verdict.BAD
                  && Progress.lasts(at, was.lastAt(), rule.holdFor()));
    };
  }

  private static Standing after(SeriesState was) {
    return was.lastVerdict() == Verdict.BAD ? was.now().pending(was.lastAt()) : was.now().healthy();
  }

  private static String reason(boolean fired, Instant at) {
    return (fired ? "retracted by late evidence: good at " : "late evidence of ") + at;
  }
}
