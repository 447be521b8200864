package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.AlertState;
import java.time.Instant;

/**
 * What is remembered of one series under one rule. Kept only while something is or was wrong, or
 * where silence has to be noticed.
 *
 * @param subject what it speaks of
 * @param version the rule's version that judged it last
 * @param lastAt event time of the newest verdict that counted
 * @param lastVerdict the worst verdict of that moment
 * @param before where it stood before that moment, so that a worse verdict of the same moment can
 *     take the place of a better one, whatever their order
 * @param now where it stands
 * @param heardAt wall-clock time at which it was last known to be good or bad
 * @param freshForMs how long that speaks for it, in milliseconds; 0 if until the next
 * @param watched whether silence is told of also while nothing is wrong
 * @param unknownSince event time of the last word before a silence that people were told of; null
 *     if there is none
 * @param value the figure that decided; null if none did
 * @param severity how bad, where the signal says so; null elsewhere
 * @param unavailable whether the resource answers no more
 */
public record SeriesState(
    Subject subject,
    String version,
    Instant lastAt,
    Verdict lastVerdict,
    Standing before,
    Standing now,
    Instant heardAt,
    long freshForMs,
    boolean watched,
    Instant unknownSince,
    Double value,
    String severity,
    boolean unavailable) {

  /** A series of which nothing bad was known. */
  static SeriesState of(Subject subject, String version) {
    return new SeriesState(
        subject,
        version,
        null,
        null,
        Standing.HEALTHY,
        Standing.HEALTHY,
        null,
        0,
        false,
        null,
        null,
        null,
        false);
  }

  /** What people see of it; null if nothing is wrong. */
  Standing.Shown shown() {
    Standing.Shown shown = now.shown();
    if (unknownSince == null) {
      return shown;
    }
    return new Standing.Shown(AlertState.UNKNOWN, shown == null ? unknownSince : shown.since());
  }

  /** Whether there is nothing to remember. */
  boolean isIdle() {
    return now.isIdle() && before.isIdle() && !watched && unknownSince == null;
  }

  /** Wall-clock time from which on nobody knows how it stands; null if that never is. */
  Instant staleAt() {
    boolean matters = watched || now.isFiring() || now.flappingSince() != null;
    return matters && freshForMs > 0 && unknownSince == null
        ? heardAt.plusMillis(freshForMs)
        : null;
  }

  SeriesState judged(
      String newVersion, Instant at, Verdict verdict, Standing newBefore, Standing newNow) {
    return new SeriesState(
        subject,
        newVersion,
        at,
        verdict,
        newBefore,
        newNow,
        heardAt,
        freshForMs,
        watched,
        unknownSince,
        value,
        severity,
        unavailable);
  }

  SeriesState heard(Instant time, long newFreshForMs, boolean isWatched) {
    return new SeriesState(
        subject,
        version,
        lastAt,
        lastVerdict,
        before,
        now,
        time,
        newFreshForMs,
        isWatched,
        null,
        value,
        severity,
        unavailable);
  }

  SeriesState unknown(Instant since) {
    return new SeriesState(
        subject,
        version,
        lastAt,
        lastVerdict,
        before,
        now,
        heardAt,
        freshForMs,
        watched,
        since,
        value,
        severity,
        unavailable);
  }

  SeriesState found(Double newValue, String newSeverity, boolean answersNoMore) {
    return new SeriesState(
        subject,
        version,
        lastAt,
        lastVerdict,
        before,
        now,
        heardAt,
        freshForMs,
        watched,
        unknownSince,
        newValue,
        newSeverity,
        answersNoMore);
  }

  SeriesState about(Subject newSubject) {
    return new SeriesState(
        newSubject,
        version,
        lastAt,
        lastVerdict,
        before,
        now,
        heardAt,
        freshForMs,
        watched,
        unknownSince,
        value,
        severity,
        unavailable);
  }
}
