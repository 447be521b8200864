package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BaselineTest {

  private static final Instant START = Instant.parse("2014-02-14T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int DAY = 288;

  private final Baseline baseline = new Baseline(BaselineSettings.DEFAULT);
  private final Random random = new Random(7);
  private BaselineState state = BaselineState.empty();
  private Instant now = START;

  @Test
  void aSpikeIsAnAlarmAtOnceAndSaysWhatWasUsual() {
    feed(3 * DAY, i -> 50 + random.nextGaussian());
    Baseline.Judged judged = one(70);
    assertThat(judged.isAlarm()).isTrue();
    Finding finding = judged.finding().orElseThrow();
    assertThat(finding.view()).isEqualTo(View.VALUE);
    assertThat(finding.isHigh()).isTrue();
    assertThat(finding.usual()).isBetween(51.0, 54.0);
    assertThat(finding.deviation().score()).isGreaterThan(6.5);
    assertThat(finding.deviation().why())
        .matches(
            "value 70 is beyond the highest of the past, 5\\d\\.\\d+: one in \\S+ blocks of time is"
                + " expected to go as far, for the extremes of 71 of them pass 5\\d\\.\\d+ by"
                + " 0\\.\\d+ on average, if they do");
  }

  @Test
  void aDipIsAnAlarmAsASpikeIs() {
    feed(3 * DAY, i -> 50 + random.nextGaussian());
    Finding finding = one(30).finding().orElseThrow();
    assertThat(finding.isAlarm()).isTrue();
    assertThat(finding.isHigh()).isFalse();
    assertThat(finding.deviation().why()).contains("is beyond the lowest of the past");
  }

  @Test
  void aNewLevelWithinTheOldRangeIsAnAlarmOfTheShift() {
    // The range is set by one early burst, so that the value alone is nothing new.
    feed(3 * DAY, i -> 50 + random.nextGaussian() + (i == 10 ? 100 : 0));
    List<Finding> alarms = feed(12, i -> 58 + random.nextGaussian());
    assertThat(alarms).isNotEmpty();
    assertThat(alarms.get(0).view()).isNotEqualTo(View.VALUE);
  }

  @Test
  void aLastingFaultIsSaidOnceAndThenBecomesThePast() {
    feed(3 * DAY, i -> 50 + random.nextGaussian());
    assertThat(feed(3 * DAY, i -> 90 + random.nextGaussian())).hasSizeBetween(1, 2);
  }

  @Test
  void nothingIsSaidWhileLittleIsKnown() {
    assertThat(feed(100, i -> i == 90 ? 1000 : random.nextGaussian())).isEmpty();
    assertThat(state.tails().get(0).known()).isEqualTo(8);
  }

  @Test
  void aSpikeThatComesEveryDayIsNoNews() {
    IntToDoubleFunction daily = i -> random.nextDouble() + (i % DAY == 100 ? 10 : 0);
    feed(3 * DAY, daily);
    assertThat(feed(10 * DAY, daily)).isEmpty();
  }

  @Test
  void theFirstChangeOfAConstantIsAnAlarmButRoundingIsNot() {
    feed(2 * DAY, i -> 0.1);
    assertThat(feed(DAY, i -> 0.1 + (i % 2) * 1e-14)).isEmpty();
    Baseline.Judged judged = one(0.2);
    assertThat(judged.isAlarm()).isTrue();
  }

  @Test
  void ofAConstantThatChangesTheRecordIsNamed() {
    feed(2 * DAY, i -> 4);
    assertThat(one(5).finding().orElseThrow().deviation().why())
        .isEqualTo("value 5, where 47 blocks of time never went above 4");
  }

  @Test
  void noNumberARepeatAndAStepBackChangeNothing() {
    feed(DAY, i -> random.nextGaussian());
    BaselineState before = state;
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(baseline.update(before, now, none).isUsed()).isFalse();
      assertThat(baseline.update(before, now, none).state()).isEqualTo(before);
    }
    Instant latest = now.minus(STEP);
    assertThat(baseline.update(before, latest, 1e9).isUsed()).isFalse();
    assertThat(baseline.update(before, latest.minusSeconds(1), 1e9).state()).isEqualTo(before);
  }

  @Test
  void aGapIsNoChangeOfLevel() {
    IntToDoubleFunction daily = i -> 10 * Math.sin(i * 2 * Math.PI / DAY) + random.nextGaussian();
    feed(5 * DAY, daily);
    now = now.plus(Duration.ofHours(9));
    assertThat(feed(8 * 12, i -> daily.applyAsDouble(i + 9 * 12))).isEmpty();
  }

  @Test
  void afterTwoGenerationsThePastIsForgotten() {
    feed(2 * DAY, i -> 1000 + random.nextGaussian());
    feed(30 * DAY, i -> random.nextGaussian());
    assertThat(one(500).isAlarm()).isTrue();
  }

  @Test
  void stationaryNoiseOfAnyKindStaysWithinTheBudget() {
    List<IntToDoubleFunction> kinds =
        List.of(
            i -> random.nextGaussian(),
            i -> random.nextDouble(),
            i -> -Math.log(1 - random.nextDouble()),
            i -> random.nextDouble() < 0.02 ? 100 * random.nextDouble() : 0,
            i -> Math.exp(random.nextGaussian()),
            i -> Math.pow(1 - random.nextDouble(), -1 / 3.0),
            i -> 50 * Math.sin(i * 2 * Math.PI / DAY) + random.nextGaussian());
    int days = 28;
    for (IntToDoubleFunction kind : kinds) {
      int alarms = 0;
      for (int run = 0; run < 5; run++) {
        state = BaselineState.empty();
        alarms += feed(days * DAY, kind).size();
      }
      // Six tails of one in 28 days each.
      assertThat(alarms).as("alarms in %d days", 5 * days).isLessThanOrEqualTo(6 * 5 * days / 28);
    }
  }

  @Test
  void stateIsBoundedHoweverFastAndLongTheSeriesIs() {
    for (int i = 0; i < 40 * 24 * 60; i++) {
      state = baseline.update(state, START.plusSeconds(60L * i), random.nextGaussian()).state();
    }
    assertThat(state.bins().closed()).hasSize(84);
    assertThat(state.tails()).hasSize(6);
    assertThat(state.tails())
        .allSatisfy(
            tail -> {
              assertThat(tail.top().length).isLessThanOrEqualTo(20);
              assertThat(tail.formerTop()).hasSize(20);
            });
  }

  private List<Finding> feed(int count, IntToDoubleFunction values) {
    List<Finding> alarms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Baseline.Judged judged = one(values.applyAsDouble(i));
      if (judged.isAlarm()) {
        alarms.add(judged.finding().orElseThrow());
      }
    }
    return alarms;
  }

  private Baseline.Judged one(double value) {
    Baseline.Judged judged = baseline.update(state, now, value);
    state = judged.state();
    now = now.plus(STEP);
    return judged;
  }
}
