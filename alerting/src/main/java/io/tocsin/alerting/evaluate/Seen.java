package io.tocsin.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;

/**
 * When observations of one series came, in event time; all that is remembered of a series with
 * which all is well.
 *
 * @param at the newest
 * @param gapMs from the one before it, in milliseconds; 0 if it is the first
 * @param usualGapMs the gap before that one, in milliseconds; 0 if not known
 * @param finalAt the newest that was final, where windows say so; null otherwise
 */
public record Seen(Instant at, long gapMs, long usualGapMs, Instant finalAt) {

  /** With one more, which may be an older one. */
  static Seen with(Seen known, Instant at, boolean isFinal) {
    Instant newestFinal = known == null ? null : known.finalAt;
    if (isFinal && (newestFinal == null || at.isAfter(newestFinal))) {
      newestFinal = at;
    }
    if (known == null) {
      return new Seen(at, 0, 0, newestFinal);
    } else if (!at.isAfter(known.at)) {
      return new Seen(known.at, known.gapMs, known.usualGapMs, newestFinal);
    }
    return new Seen(at, Duration.between(known.at, at).toMillis(), known.gapMs, newestFinal);
  }

  /** The one before the newest; null if there was none. */
  Instant previous() {
    return gapMs == 0 ? null : at.minusMillis(gapMs);
  }

  /** Whether the newest came after so long a time that nobody knows what was in between. */
  boolean afterSilence(long freshForMs, EvaluationSettings settings) {
    if (freshForMs > 0) {
      return gapMs > freshForMs;
    }
    long limit = Math.max(settings.leastSilence().toMillis(), settings.missed() * usualGapMs);
    return usualGapMs > 0 && gapMs > limit;
  }
}
