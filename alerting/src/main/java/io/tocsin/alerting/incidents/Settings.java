package io.tocsin.alerting.incidents;

import java.time.Duration;

/**
 * What can be set about incidents.
 *
 * @param promises deadlines per priority
 * @param reopenWithin event time after a resolve within which the same series reopens the incident
 * @param pageAgainAfter wall-clock time that an incident which came back has to stay before people
 *     are paged again: less would page at every flip
 * @param summaryEvery wall-clock time between summaries of what was held back
 * @param flipsHeld an incident that comes back this often between two summaries is held as flapping
 * @param settle wall-clock time after a start in which no deadline fires: what came due while the
 *     job was down would, before the news of that time has been read
 * @param longestAcknowledgement no acknowledgement lasts longer
 * @param highestLevel escalation ends there
 * @param groupAbove more reminders or escalations of one moment, priority and level than this are
 *     told as one summary
 * @param healingFirst how long after it opened people need not hear of a P2 or P3 that may be
 *     healed without them; zero to tell them at once
 * @param mitigatedFor wall-clock time after a verified heal within which the alerts have to clear
 */
public record Settings(
    Promises promises,
    Duration reopenWithin,
    Duration pageAgainAfter,
    Duration summaryEvery,
    int flipsHeld,
    Duration settle,
    Duration longestAcknowledgement,
    int highestLevel,
    int groupAbove,
    Duration healingFirst,
    Duration mitigatedFor) {

  /** Wall-clock time for which what is over is still known: event time may be late. */
  Duration kept() {
    return reopenWithin.multipliedBy(2);
  }

  /**
   * The ones that ship: reopen within 10 min, page again after 1 min, a summary an hour, flapping
   * from the third return, 10 s to settle, acknowledged for a day at most, three levels above the
   * first, five told one by one, 15 min for alerts to clear after a heal. Chosen here.
   */
  public static final Settings DEFAULT =
      new Settings(
          Promises.DEFAULT,
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          3,
          Duration.ofSeconds(10),
          Duration.ofHours(24),
          3,
          5,
          Duration.ZERO,
          Duration.ofMinutes(15));

  /** The same, with another time to settle. */
  public Settings settledAfter(Duration time) {
    return new Settings(
        promises,
        reopenWithin,
        pageAgainAfter,
        summaryEvery,
        flipsHeld,
        time,
        longestAcknowledgement,
        highestLevel,
        groupAbove,
        healingFirst,
        mitigatedFor);
  }

  /** The same, with another time in which healing may go first. */
  public Settings healingFirst(Duration time) {
    return new Settings(
        promises,
        reopenWithin,
        pageAgainAfter,
        summaryEvery,
        flipsHeld,
        settle,
        longestAcknowledgement,
        highestLevel,
        groupAbove,
        time,
        mitigatedFor);
  }
}
