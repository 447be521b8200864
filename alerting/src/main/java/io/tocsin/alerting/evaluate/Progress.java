package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import java.time.Duration;
import java.time.Instant;

/**
 * How one verdict moves a series on, as a function without memory.
 *
 * <pre>
 * HEALTHY ─bad─▶ PENDING ─bad for {@code for}─▶ FIRING ─good for {@code clear-for}─▶ HEALTHY
 *    ▲              │                             ▲ │ bad, unknown: good begins anew
 *    └────good──────┘                             └─┘
 * </pre>
 *
 * <p>Between bad and good it stays as it is. What is unknown neither fires nor clears.
 */
final class Progress {

  private Progress() {}

  /**
   * Where it stands after a verdict.
   *
   * @param since when it began to be bad, if this verdict is the first to say so
   */
  static Standing next(Rule rule, Standing was, Verdict verdict, Instant at, Instant since) {
    Standing next =
        switch (verdict) {
          case BAD -> bad(rule, was, at, since);
          case GOOD -> good(rule, was, at);
          case UNKNOWN -> was.goodSince(null);
          case BETWEEN -> was;
        };
    return Flapping.count(was, next, at);
  }

  private static Standing bad(Rule rule, Standing was, Instant at, Instant since) {
    if (was.isFiring()) {
      return was.goodSince(null);
    }
    Instant begin = was.phase() == Phase.PENDING ? was.since() : since;
    return lasts(begin, at, rule.holdFor()) ? was.firing(begin, at) : was.pending(begin);
  }

  private static Standing good(Rule rule, Standing was, Instant at) {
    if (!was.isFiring()) {
      return was.healthy();
    }
    Instant begin = was.goodSince() == null ? at : was.goodSince();
    Duration wanted = rule.clearAfter(Duration.between(was.since(), begin));
    return lasts(begin, at, wanted) ? was.healthy() : was.goodSince(begin);
  }

  static boolean lasts(Instant begin, Instant at, Duration wanted) {
    return Duration.between(begin, at).compareTo(wanted) >= 0;
  }
}
