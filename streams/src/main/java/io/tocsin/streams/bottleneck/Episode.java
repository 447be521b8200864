package io.tocsin.streams.bottleneck;

/**
 * One kind's way from the first value above its threshold to the end of the shortage. All times are
 * event time in ms.
 *
 * @param since when the threshold was first passed
 * @param seenAt the newest interval
 * @param isRaised whether it has lasted long enough to be told
 * @param isWorkLost whether a process was killed in it for lack of memory
 * @param belowSince since when the value is low enough to end it; {@link #NOT_BELOW} if it is not
 * @param toldAt when it was last told
 */
record Episode(
    long since, long seenAt, boolean isRaised, boolean isWorkLost, long belowSince, long toldAt) {

  static final long NOT_BELOW = -1;

  /** Jitter of a tick that does not make a pause. */
  private static final long PAUSE_MS = 1_000;

  private static final Step WELL = new Step(null, Telling.NOTHING);

  /** Whether more has changed than that it was seen again. */
  boolean isNewsTo(Episode before) {
    return since != before.since
        || isRaised != before.isRaised
        || isWorkLost != before.isWorkLost
        || belowSince != before.belowSince
        || toldAt != before.toldAt;
  }

  /** What is to be told. */
  enum Telling {
    NOTHING,
    START,
    UPDATE,
    END
  }

  /**
   * What an interval made of it.
   *
   * @param episode null if there is none any more
   */
  record Step(Episode episode, Telling telling) {}

  /**
   * The next step.
   *
   * @param episode null if there is none
   * @param ratio value ÷ threshold; NaN where it is not known, which neither starts nor ends
   *     anything
   * @param isKill whether a process was killed in the interval: that is told at once
   * @param startsAt begin of the interval
   * @param at its end
   */
  static Step step(
      Episode episode,
      double ratio,
      boolean isKill,
      long startsAt,
      long at,
      Thresholds thresholds) {
    if (episode != null && episode.isRaised()) {
      return episode.raised(ratio, isKill, at, thresholds);
    }
    if (!(ratio > 1)) {
      return WELL;
    }
    // A pause may have hidden anything: what was above before it starts anew.
    boolean goesOn = episode != null && startsAt <= episode.seenAt() + PAUSE_MS;
    long since = goesOn ? episode.since() : at;
    if (isKill || at - since >= thresholds.raiseAfter().toMillis()) {
      return new Step(new Episode(since, at, true, isKill, NOT_BELOW, at), Telling.START);
    }
    return new Step(new Episode(since, at, false, false, NOT_BELOW, NOT_BELOW), Telling.NOTHING);
  }

  private Step raised(double ratio, boolean isKill, long at, Thresholds thresholds) {
    if (Double.isNaN(ratio)) {
      return new Step(new Episode(since, at, true, isWorkLost, NOT_BELOW, toldAt), Telling.NOTHING);
    }
    boolean isLost = isWorkLost || isKill;
    long below = ratio >= thresholds.clearBelow() ? NOT_BELOW : firstLow(at);
    if (below != NOT_BELOW && at - below >= clearAfter(isLost, thresholds)) {
      return new Step(null, Telling.END);
    }
    boolean isDue = isLost != isWorkLost || at - toldAt >= thresholds.updateEvery().toMillis();
    return new Step(
        new Episode(since, at, true, isLost, below, isDue ? at : toldAt),
        isDue ? Telling.UPDATE : Telling.NOTHING);
  }

  private static long clearAfter(boolean isLost, Thresholds thresholds) {
    long ordinary = thresholds.clearAfter().toMillis();
    return isLost ? Math.max(ordinary, thresholds.clearAfterKill().toMillis()) : ordinary;
  }

  private long firstLow(long at) {
    return belowSince == NOT_BELOW ? at : belowSince;
  }
}
