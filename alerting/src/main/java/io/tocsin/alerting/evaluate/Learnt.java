package io.tocsin.alerting.evaluate;

import java.time.Instant;

/**
 * What a rule has learnt of a series. The newest value is kept beside the past rather than in it,
 * so that of several values of one moment the highest counts, whatever their order.
 *
 * @param derivation what it was learnt for, in words; for another it is worth nothing
 * @param at event time of the newest value; null before the first
 * @param value the newest value
 * @param other the newest value of the whole, of which the first is a part; 0 where there is none
 * @param memory a detector's past without that value; null if there is none
 * @param burn counts without that value; null where none are kept
 */
public record Learnt(
    String derivation, Instant at, double value, double other, Memory memory, BurnState burn) {

  /** Nothing yet. */
  static Learnt nothing(String derivation) {
    return new Learnt(derivation, null, 0, 0, null, null);
  }

  /** What is known, if it was learnt for that; otherwise nothing. */
  static Learnt of(Learnt known, String derivation) {
    return known != null && known.derivation.equals(derivation) ? known : nothing(derivation);
  }

  boolean isNewer(Instant time) {
    return at == null || time.isAfter(at);
  }

  Learnt newest(Instant time, double newValue, double newOther, Memory past, BurnState counts) {
    return new Learnt(derivation, time, newValue, newOther, past, counts);
  }

  Learnt atLeast(double newValue, double newOther) {
    return new Learnt(
        derivation, at, Math.max(value, newValue), Math.max(other, newOther), memory, burn);
  }
}
