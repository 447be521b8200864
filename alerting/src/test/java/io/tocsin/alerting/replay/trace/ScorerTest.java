package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorerTest {

  private static final Instant START = Instant.parse("2022-08-22T00:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Label label = new Label("a", at(100), at(110), "CPU");
  private final Scorer scorer =
      new Scorer(
          List.of(label, new Label("b", at(10), at(20), "NETWORK")),
          List.of(new Watched("a", START, at(1440)), new Watched("b", at(60), at(1500))),
          GRACE);

  @Test
  void anAlarmBetweenOnsetAndGraceHitsAndItsDelayIsFromTheOnset() {
    Score score = scorer.score(List.of(alarm(111, "a", "CPU"), alarm(105, "a", "MEMORY")));
    assertThat(score.hits()).isEqualTo(1);
    assertThat(score.delays()).containsExactly(Duration.ofMinutes(5));
    assertThat(score.falseAlarms()).isZero();
    assertThat(score.confusion()).isEqualTo(Map.of("CPU", Map.of("MEMORY", 1)));
  }

  @Test
  void anAlarmBeforeTheOnsetAfterTheGraceOrOfAnotherResourceIsFalse() {
    Score score =
        scorer.score(
            List.of(alarm(99, "a", "CPU"), alarm(112, "a", "CPU"), alarm(105, "b", "CPU")));
    assertThat(score.hits()).isZero();
    assertThat(score.falseAlarms()).isEqualTo(3);
    assertThat(score.confusion()).isEqualTo(Map.of("CPU", Map.of("none", 1)));
  }

  @Test
  void falseAlarmsAreCountedEachAndByClockHourOfAResource() {
    Score score =
        scorer.score(
            List.of(
                alarm(301, "a", "x"),
                alarm(359, "a", "x"),
                alarm(360, "a", "x"),
                alarm(301, "b", "x")));
    assertThat(score.falseAlarms()).isEqualTo(4);
    assertThat(score.falseHours()).isEqualTo(3);
    assertThat(score.days()).isEqualTo(2);
    assertThat(score.falseHoursPerDay()).isEqualTo(1.5);
    assertThat(score.falseAlarmsPerDay()).isEqualTo(2);
    assertThat(score.precision()).isZero();
  }

  @Test
  void labelsAndAlarmsOfTheProbationDoNotCount() {
    Score score = scorer.score(List.of(alarm(15, "b", "NETWORK")));
    assertThat(score.labelled()).isEqualTo(1);
    assertThat(score.alarms()).isZero();
  }

  @Test
  void theLineSaysItAll() {
    assertThat(scorer.score(List.of(alarm(105, "a", "CPU"), alarm(300, "a", "CPU"))).line())
        .isEqualTo(
            "1 of 1 hit, precision 0.50, 1 false alarms (0.50 a day), 1 false hours (0.50 a day),"
                + " median delay 300 s");
  }

  private static Alarm alarm(int minute, String resource, String kind) {
    return new Alarm(at(minute), resource, kind);
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
