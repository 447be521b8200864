package io.tocsin.streams.bottleneck;

/**
 * One kind's way from the first value above its threshold to the end of the shortage. All times are
 * event time in ms.
 *
 * @param since when the threshold was first passed
 * @param seenAt the newest interval
 * @param isRaised whether it has lasted long enough to be told
 * @param belowSince since when the value is low enough to end it; {@link #NOT_BELOW} if it is not
 * @param toldAt when it was last told
 */
record Episode(long since, long seenAt, boolean isRaised, long belowSince, long toldAt) {

  static final long NOT_BELOW = -1;

  /** Jitter of a tick that does not make a pause. */
  private static final long PAUSE_MS = 1_000;

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
   * @param startsAt begin of the interval
   * @param at its end
   */
  static Step step(Episode episode, double ratio, long startsAt, long at, Thresholds thresholds) {
    if (episode != null && episode.isRaised()) {
      return episode.raised(ratio, at, thresholds);
    }
    if (Double.isNaN(ratio) || ratio <= 1) {
      return new Step(null, Telling.NOTHING);
    }
    // A pause may have hidden anything: what was above before it starts anew.
    boolean goesOn = episode != null && startsAt <= episode.seenAt() + PAUSE_MS;
    long since = goesOn ? episode.since() : at;
    if (at - since >= thresholds.raiseAfter().toMillis()) {
      return new Step(new Episode(since, at, true, NOT_BELOW, at), Telling.START);
    }
    return new Step(new Episode(since, at, false, NOT_BELOW, NOT_BELOW), Telling.NOTHING);
  }

  private Step raised(double ratio, long at, Thresholds thresholds) {
    if (Double.isNaN(ratio)) {
      return new Step(new Episode(since, at, true, NOT_BELOW, toldAt), Telling.NOTHING);
    }
    long below = ratio >= thresholds.clearBelow() ? NOT_BELOW : firstLow(at);
    if (below != NOT_BELOW && at - below >= thresholds.clearAfter().toMillis()) {
      return new Step(null, Telling.END);
    }
    boolean isDue = at - toldAt >= thresholds.updateEvery().toMillis();
    return new Step(
        new Episode(since, at, true, below, isDue ? at : toldAt),
        isDue ? Telling.UPDATE : Telling.NOTHING);
  }

  private long firstLow(long at) {
    return belowSince == NOT_BELOW ? at : belowSince;
  }
}
