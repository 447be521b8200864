package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.signal.Fields;
import java.time.Instant;

/**
 * One verdict on one series.
 *
 * @param verdict what the rule says
 * @param at event time
 * @param since when it began to be bad, if it is and was not before
 * @param afterSilence whether nobody knows what was since the last one
 * @param freshForMs how long it speaks for the series, in milliseconds; 0 if until the next
 * @param watched whether silence is told of also while nothing is wrong
 * @param figures what the rule looked at
 * @param now wall-clock time
 * @param replaces whether it takes the place of any other of the same moment, not only of a better
 *     one
 */
record Judgement(
    Verdict verdict,
    Instant at,
    Instant since,
    boolean afterSilence,
    long freshForMs,
    boolean watched,
    Fields figures,
    Instant now,
    boolean replaces) {

  /** One that silence and gaps mean nothing to. */
  static Judgement of(Verdict verdict, Instant at, Instant since, Fields figures, Instant now) {
    return new Judgement(verdict, at, since, false, 0, false, figures, now, false);
  }

  /** The same, in the place of whatever was said of that moment. */
  Judgement replacing(long freshFor) {
    return new Judgement(verdict, at, since, afterSilence, freshFor, watched, figures, now, true);
  }
}
