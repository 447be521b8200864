package io.tocsin.alerting.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares each hour of a series with the same hour of the days before: the mean of the hour less
 * the median of what that hour was, which one odd day cannot move. How large such differences are
 * is learnt from the series, as by {@link Baseline}, so there is no threshold here either. A quiet
 * Monday morning can be an alarm though every night is quieter; a peak that comes each noon is
 * none.
 *
 * <p>It says nothing before the fourth day, and judges an hour when it is over. Hours are those of
 * UTC: when clocks change, two days of odd hours are learnt like any others.
 */
public final class SeasonalBaseline {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** Of fewer days a median is the day that happens to be in the middle. */
  private static final int LEAST_DAYS = 3;

  private final TailJudge judge;
  private final int kept;
  private final long hoursOfGeneration;

  /** With these settings; what they say of blocks and of levels is of no use here. */
  public SeasonalBaseline(BaselineSettings settings) {
    this.judge = new TailJudge(settings);
    this.kept = settings.kept();
    this.hoursOfGeneration = Math.max(1, settings.generation().toMillis() / HOUR);
  }

  /**
   * A state and the judgement of the hour that the value ends.
   *
   * @param state to go on from
   * @param finding empty unless an hour ended of which enough is known
   */
  public record Judged(SeasonState state, Optional<Finding> finding) {
    /** Whether somebody should hear of it. */
    public boolean isAlarm() {
      return finding.isPresent() && finding.get().isAlarm();
    }
  }

  /** Takes a value; what is not finite or not newer changes nothing. */
  public Judged update(SeasonState state, Instant at, double value) {
    long millis = at.toEpochMilli();
    if (!Double.isFinite(value) || millis <= state.latest()) {
      return new Judged(state, Optional.empty());
    }
    long hour = Math.floorDiv(millis, HOUR);
    if (state.count() == 0 || hour == state.openHour()) {
      SeasonState first =
          state.count() == 0
              ? new SeasonState(millis, 0, hour, 0, 0, 0, state.means(), state.high(), state.low())
              : state;
      return new Judged(first.with(millis, value), Optional.empty());
    }
    return close(state, millis, hour, value);
  }

  private Judged close(SeasonState state, long millis, long hour, double value) {
    double mean = state.sum() / state.count();
    double[] others = state.sameHour();
    // Half an hour's values are no hour: it began or ended with a gap.
    boolean isWhole = 2 * state.count() >= state.countBefore();
    if (others.length < LEAST_DAYS || !isWhole) {
      return new Judged(
          state.next(millis, hour, value, mean, state.high(), state.low()), Optional.empty());
    }
    double difference = mean - new Ring(others).median();
    boolean isHigh = difference > 0;
    Optional<Finding> finding =
        judge.judge(
            isHigh ? state.high() : state.low(), View.SEASON, isHigh, difference, state.largest());
    Tail high = state.high().with(state.openHour(), difference, kept, hoursOfGeneration);
    Tail low = state.low().with(state.openHour(), -difference, kept, hoursOfGeneration);
    return new Judged(state.next(millis, hour, value, mean, high, low), finding);
  }
}
