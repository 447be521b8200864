package io.tocsin.alerting.incidents;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import java.time.Instant;

/**
 * An incident, and what only the book needs to know of it.
 *
 * @param incident its newest version
 * @param causeId id of the alert that is its cause
 * @param told the most urgent priority that people were told since they were paged; null while they
 *     hold it for over, or do not know of it
 * @param pageAt wall-clock time at which to page if it is still open; null if there is none
 * @param level whom escalation has reached: 0 who is on call first
 * @param escalateAt wall-clock time at which to escalate again; null if there is none
 * @param flips how often it came back since the summary before
 * @param summaryAt wall-clock time of the next summary; null if nothing is held back
 * @param heal the newest heal attempt; null if there was none
 * @param forgetAt wall-clock time from which it need not be known any more; null while it is open
 * @param byHand whether a person resolved it while alerts still fired
 */
public record Case(
    Incident incident,
    String causeId,
    Priority told,
    Instant pageAt,
    int level,
    Instant escalateAt,
    int flips,
    Instant summaryAt,
    Heal heal,
    Instant forgetAt,
    boolean byHand) {

  static Case of(Incident incident, String causeId) {
    return new Case(incident, causeId, null, null, 0, null, 0, null, null, null, false);
  }

  String id() {
    return incident.getId();
  }

  boolean isOpen() {
    return incident.getState() != IncidentState.RESOLVED;
  }

  Case with(Incident newest) {
    return new Case(
        newest, causeId, told, pageAt, level, escalateAt, flips, summaryAt, heal, forgetAt, byHand);
  }

  Case cause(String alertId) {
    return new Case(
        incident,
        alertId,
        told,
        pageAt,
        level,
        escalateAt,
        flips,
        summaryAt,
        heal,
        forgetAt,
        byHand);
  }

  Case told(Priority worst) {
    return new Case(
        incident,
        causeId,
        worst,
        null,
        level,
        escalateAt,
        flips,
        summaryAt,
        heal,
        forgetAt,
        byHand);
  }

  Case pageAt(Instant at) {
    return new Case(
        incident, causeId, told, at, level, escalateAt, flips, summaryAt, heal, forgetAt, byHand);
  }

  Case level(int reached, Instant again) {
    return new Case(
        incident, causeId, told, pageAt, reached, again, flips, summaryAt, heal, forgetAt, byHand);
  }

  Case flips(int count, Instant tellAt) {
    return new Case(
        incident, causeId, told, pageAt, level, escalateAt, count, tellAt, heal, forgetAt, byHand);
  }

  Case with(Heal newest) {
    return new Case(
        incident,
        causeId,
        told,
        pageAt,
        level,
        escalateAt,
        flips,
        summaryAt,
        newest,
        forgetAt,
        byHand);
  }

  Case over(Instant forget, boolean hand) {
    return new Case(incident, causeId, told, null, 0, null, flips, summaryAt, heal, forget, hand);
  }

  /**
   * Attempts go on where they were: what comes back all the time must not be healed for ever. What
   * helped before is tried again at once, anything else only if it stays.
   */
  Case reopened(String alertId, Instant healAgainAt) {
    boolean waits = heal != null && !heal.isInFlight() && !heal.leftToPeople();
    boolean helped = heal != null && heal.outcome() == HealOutcome.VERIFIED;
    Heal next = waits ? heal.nextAt(helped ? null : healAgainAt) : heal;
    return new Case(incident, alertId, told, pageAt, 0, null, flips, summaryAt, next, null, false);
  }
}
