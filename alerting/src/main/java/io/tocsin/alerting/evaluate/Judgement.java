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
 * @param figures what the rule looked at
 * @param now wall-clock time
 */
record Judgement(
    Verdict verdict,
    Instant at,
    Instant since,
    boolean afterSilence,
    long freshForMs,
    Fields figures,
    Instant now) {}
