package io.tocsin.alerting.incident;

import io.tocsin.alerting.rule.Signal;
import io.tocsin.alerting.rule.Verdict;
import io.tocsin.schemas.Incident;
import java.time.Instant;

/**
 * What is remembered of one aspect of one resource under one rule: healthy, pending, in an
 * incident, or clearing.
 *
 * @param lastAt event time of the newest signal that counted; null before the first
 * @param lastVerdict what that signal said; null before the first
 * @param badSince since when it has been bad while no incident is open; null if it is not
 * @param goodSince since when it has been good while an incident is open; null if it is not
 * @param incident the open incident; null if there is none
 * @param heal the newest attempt to heal that incident; null if there was none
 * @param closedAt when the last incident was resolved; null if there was none
 * @param closedId id of the last incident that was resolved; null if there was none
 */
public record Track(
    Instant lastAt,
    Verdict lastVerdict,
    Instant badSince,
    Instant goodSince,
    Incident incident,
    Heal heal,
    Instant closedAt,
    String closedId) {

  /** Before the first signal. */
  public static final Track NEW = new Track(null, null, null, null, null, null, null, null);

  /** Whether an incident is open. */
  public boolean isOpen() {
    return incident != null;
  }

  /** Wall-clock time by which the responder must have been heard of; null if nobody waits. */
  public Instant deadline() {
    return heal == null ? null : heal.deadline();
  }

  Track seen(Signal signal) {
    return new Track(
        signal.at(), signal.verdict(), badSince, goodSince, incident, heal, closedAt, closedId);
  }

  Track badSince(Instant since) {
    return new Track(lastAt, lastVerdict, since, goodSince, incident, heal, closedAt, closedId);
  }

  Track goodSince(Instant since) {
    return new Track(lastAt, lastVerdict, badSince, since, incident, heal, closedAt, closedId);
  }

  Track with(Incident newest) {
    return new Track(lastAt, lastVerdict, null, goodSince, newest, heal, closedAt, closedId);
  }

  Track with(Heal newest) {
    return new Track(
        lastAt, lastVerdict, badSince, goodSince, incident, newest, closedAt, closedId);
  }

  Track closed() {
    return new Track(
        lastAt, lastVerdict, null, null, null, null, incident.getUpdatedAt(), incident.getId());
  }
}
