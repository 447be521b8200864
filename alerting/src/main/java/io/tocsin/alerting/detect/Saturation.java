package io.tocsin.alerting.detect;

import java.time.Instant;

/**
 * Turns samples of a share of capacity into spells of saturation with a beginning and an end. It
 * takes more than one bad sample to begin, and good ones for as long as the spell has lasted to
 * end: one page for a day at the limit, two for two faults of minutes.
 */
public final class Saturation {

  private final SaturationSettings settings;

  /** With these settings. */
  public Saturation(SaturationSettings settings) {
    this.settings = settings;
  }

  /**
   * Where a resource is.
   *
   * @param latest time of the latest sample, milliseconds since 1970
   * @param isOpen whether it is saturated
   * @param badSince of the bad samples running, or of the spell; 0 if there are none
   * @param badSamples how many bad samples are running before the spell
   * @param goodSince of the good samples running during a spell; 0 if there are none
   */
  public record State(long latest, boolean isOpen, long badSince, int badSamples, long goodSince) {
    /** Before the first sample. */
    public static State empty() {
      return new State(Long.MIN_VALUE, false, 0, 0, 0);
    }
  }

  /** What a sample changes. */
  public enum Change {
    /** Saturation begins. */
    OPENED,
    /** It is over. */
    CLOSED,
    /** Nothing changes. */
    NONE
  }

  /**
   * A state and what changed.
   *
   * @param state to go on from
   * @param change what the sample changed
   * @param why one plain sentence; empty if nothing changed
   */
  public record Judged(State state, Change change, String why) {}

  /** Takes a sample in percent; what is not finite or not newer changes nothing. */
  public Judged update(State state, Instant at, double percent) {
    long now = at.toEpochMilli();
    if (!Double.isFinite(percent) || now <= state.latest()) {
      return new Judged(state, Change.NONE, "");
    }
    return state.isOpen() ? spell(state, now, percent) : calm(state, now, percent);
  }

  private Judged calm(State state, long now, double percent) {
    if (!(percent > settings.enter())) {
      return new Judged(new State(now, false, 0, 0, 0), Change.NONE, "");
    }
    int samples = state.badSamples() + 1;
    long since = state.badSamples() == 0 ? now : state.badSince();
    boolean isOpened =
        samples >= settings.leastSamples() && now - since >= settings.leastSpan().toMillis();
    State next = new State(now, isOpened, since, samples, 0);
    return isOpened
        ? new Judged(
            next,
            Change.OPENED,
            "above "
                + Digits.of(settings.enter())
                + " % for "
                + samples
                + " samples and "
                + (now - since) / 1000
                + " s, now "
                + Digits.of(percent)
                + " %")
        : new Judged(next, Change.NONE, "");
  }

  private Judged spell(State state, long now, double percent) {
    if (!(percent < settings.leave())) {
      return new Judged(
          new State(now, true, state.badSince(), state.badSamples(), 0), Change.NONE, "");
    }
    long since = state.goodSince() == 0 ? now : state.goodSince();
    long lasted = since - state.badSince();
    long needed =
        Math.min(
            settings.mostCalm().toMillis(),
            Math.max(
                settings.leastCalm().toMillis(), Math.round(settings.calmPerIncident() * lasted)));
    if (now - since < needed) {
      return new Judged(
          new State(now, true, state.badSince(), state.badSamples(), since), Change.NONE, "");
    }
    return new Judged(
        new State(now, false, 0, 0, 0),
        Change.CLOSED,
        "below "
            + Digits.of(settings.leave())
            + " % for "
            + (now - since) / 1000
            + " s after "
            + lasted / 1000
            + " s of saturation");
  }
}
