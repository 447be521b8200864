package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonalBaselineTest {

  private static final Instant MIDNIGHT = Instant.parse("2014-02-14T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int HOUR = 12;
  private static final int DAY = 24 * HOUR;

  private final SeasonalBaseline seasonal = new SeasonalBaseline(BaselineSettings.DEFAULT);
  private final Random random = new Random(11);
  private SeasonState state = SeasonState.empty();
  private Instant now = MIDNIGHT;

  @Test
  void aNoonAsQuietAsANightIsAnAlarm() {
    feed(6 * DAY + 12 * HOUR, this::daily);
    List<Finding> alarms = feed(2 * HOUR, i -> daily(0));
    assertThat(alarms).hasSize(1);
    Finding finding = alarms.get(0);
    assertThat(finding.view()).isEqualTo(View.SEASON);
    assertThat(finding.isHigh()).isFalse();
    assertThat(finding.value()).isBetween(-105.0, -95.0);
    assertThat(finding.deviation().why())
        .startsWith("mean of the hour less what is usual at that hour -")
        .contains("beyond the lowest of the past");
  }

  @Test
  void daysLikeTheOthersStayWithinTheBudget() {
    feed(4 * DAY, this::daily);
    // Two tails of one in 28 days each.
    assertThat(feed(140 * DAY, this::daily)).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void nothingIsSaidBeforeTheFourthDay() {
    assertThat(feed(3 * DAY, i -> daily(i) + (i / DAY == 2 ? 1000 : 0))).isEmpty();
  }

  @Test
  void oneOddDayDoesNotMakeTheNextOneOdd() {
    feed(6 * DAY, this::daily);
    feed(DAY, i -> daily(i) + 300);
    assertThat(feed(DAY, this::daily)).isEmpty();
  }

  @Test
  void anHourCutShortByAGapIsNotJudged() {
    feed(6 * DAY + 12 * HOUR, this::daily);
    feed(2, i -> daily(0));
    now = now.plus(Duration.ofHours(23)).minus(STEP.multipliedBy(2));
    assertThat(feed(1, i -> daily(11 * HOUR))).isEmpty();
  }

  @Test
  void noNumberAndNothingNewChangeNothing() {
    feed(DAY, this::daily);
    assertThat(seasonal.update(state, now, Double.NaN).state()).isEqualTo(state);
    assertThat(seasonal.update(state, MIDNIGHT, 1).state()).isEqualTo(state);
  }

  /** 0 at night and 100 from 8 to 20 o'clock, with noise. */
  private double daily(int index) {
    int hour = index % DAY / HOUR;
    return (hour >= 8 && hour < 20 ? 100 : 0) + random.nextGaussian();
  }

  private List<Finding> feed(int count, IntToDoubleFunction values) {
    List<Finding> alarms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SeasonalBaseline.Judged judged = seasonal.update(state, now, values.applyAsDouble(i));
      state = judged.state();
      now = now.plus(STEP);
      if (judged.isAlarm()) {
        alarms.add(judged.finding().orElseThrow());
      }
    }
    return alarms;
  }
}
