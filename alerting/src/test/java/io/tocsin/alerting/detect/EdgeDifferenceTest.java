package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EdgeDifferenceTest {

  private static final Instant START = Instant.parse("2022-08-22T03:51:00Z");

  private final EdgeDifference edges = new EdgeDifference(EdgeSettings.DEFAULT);
  private final Random random = new Random(3);
  private EdgeDifference.State state = EdgeDifference.State.of("cart");
  private int minute;

  @Test
  void aDelayThatAllCallersSeeTwiceRunningNamesTheCalledEnd() {
    quiet(30);
    assertThat(tick(0.2, 0.2)).isFalse();
    assertThat(tick(0.2, 0.2)).isTrue();
    EdgeDifference.Judged judged = edges.update(state, "web", at(), 0.2, 0.003);
    assertThat(judged.deviation().orElseThrow().why())
        .matches("(web|checkout) waits 0\\.19\\d* longer for cart than that takes, where 0\\.00.*");
  }

  @Test
  void aCalledEndThatIsItselfSlowIsNotSlowOnTheWay() {
    quiet(30);
    for (int i = 0; i < 5; i++) {
      assertThat(edges.update(state, "web", at(), 0.502, 0.5).isAlarm()).isFalse();
      minute++;
    }
  }

  @Test
  void oneCallerAloneIsTheFaultOfThatCaller() {
    quiet(30);
    for (int i = 0; i < 5; i++) {
      assertThat(tick(0.2, 0.005)).isFalse();
    }
  }

  @Test
  void oneTickIsABurst() {
    quiet(30);
    tick(0.2, 0.2);
    assertThat(tick(0.005, 0.005)).isFalse();
    assertThat(tick(0.2, 0.2)).isFalse();
  }

  @Test
  void twoSlowTicksWithAGapBetweenAreNotRunning() {
    quiet(30);
    tick(0.2, 0.2);
    minute += 10;
    assertThat(tick(0.2, 0.2)).isFalse();
    assertThat(tick(0.2, 0.2)).isTrue();
  }

  @Test
  void aCallerThatNoLongerCallsHasNoSay() {
    quiet(30);
    for (int i = 0; i < 3; i++) {
      assertThat(edges.update(state, "web", at(), 0.005, 0.003).isAlarm()).isFalse();
      state = edges.update(state, "web", at(), 0.005, 0.003).state();
      minute++;
    }
    state = edges.update(state, "web", at(), 0.2, 0.003).state();
    minute++;
    assertThat(edges.update(state, "web", at(), 0.2, 0.003).isAlarm()).isTrue();
  }

  @Test
  void latenciesFromBucketsThatNeverVaryHaveAFloorOfSpread() {
    for (int i = 0; i < 30; i++) {
      state = edges.update(state, "web", at(), 0.003, 0.003).state();
      minute++;
    }
    state = edges.update(state, "web", at(), 0.004, 0.003).state();
    minute++;
    EdgeDifference.Judged judged = edges.update(state, "web", at(), 0.004, 0.003);
    assertThat(judged.deviation().orElseThrow().score()).isBetween(1.0, 1.2);
    assertThat(judged.isAlarm()).isFalse();
  }

  @Test
  void noNumberAndNothingNewChangeNothing() {
    quiet(12);
    EdgeDifference.State before = state;
    assertThat(edges.update(before, "web", at(), Double.NaN, 0).state()).isEqualTo(before);
    assertThat(edges.update(before, "web", START, 9, 0).state()).isEqualTo(before);
  }

  @Test
  void anotherUnitGivesTheSameScores() {
    EdgeDifference.State millis = EdgeDifference.State.of("cart");
    for (int i = 0; i < 40; i++) {
      double latency = 0.005 + 0.001 * random.nextDouble() + (i > 35 ? 0.01 : 0);
      EdgeDifference.Judged one = edges.update(state, "web", at(), latency, 0.003);
      EdgeDifference.Judged other = edges.update(millis, "web", at(), latency * 1000, 3);
      state = one.state();
      millis = other.state();
      minute++;
      assertThat(other.isAlarm()).isEqualTo(one.isAlarm());
      assertThat(other.deviation().isPresent()).isEqualTo(one.deviation().isPresent());
    }
    assertThat(state.edges().get(0).score())
        .isCloseTo(millis.edges().get(0).score(), org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void historyIsBounded() {
    quiet(500);
    assertThat(state.edges())
        .hasSize(2)
        .allSatisfy(edge -> assertThat(edge.differences().values()).hasSize(60));
  }

  private void quiet(int ticks) {
    for (int i = 0; i < ticks; i++) {
      tick(0.005 + 0.001 * random.nextDouble(), 0.005 + 0.001 * random.nextDouble());
    }
  }

  /** One minute in which both callers call; whether it ends in an alarm. */
  private boolean tick(double web, double checkout) {
    state = edges.update(state, "checkout", at(), checkout, 0.003).state();
    EdgeDifference.Judged judged = edges.update(state, "web", at(), web, 0.003);
    state = judged.state();
    minute++;
    return judged.isAlarm();
  }

  private Instant at() {
    return START.plusSeconds(60L * minute);
  }
}
