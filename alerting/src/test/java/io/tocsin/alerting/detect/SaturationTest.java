package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.detect.Saturation.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaturationTest {

  private static final Instant START = Instant.parse("2022-08-22T04:00:00Z");

  private final Saturation saturation = new Saturation(SaturationSettings.DEFAULT);
  private Saturation.State state = Saturation.State.empty();
  private int minute;

  @Test
  void twoBadSamplesRunningOpenAndOneDoesNot() {
    assertThat(feed(90, 20, 90, 20)).isEmpty();
    assertThat(feed(90, 105)).containsExactly("OPENED at 5");
  }

  @Test
  void twoBadSamplesInTheSameMomentDoNotOpen() {
    saturation.update(state, START, 90);
    Saturation.State first = saturation.update(state, START, 90).state();
    assertThat(saturation.update(first, START.plusSeconds(10), 90).change()).isEqualTo(Change.NONE);
  }

  @Test
  void aSpellOfMinutesEndsAfterMinutes() {
    assertThat(feed(20, 90, 90, 90, 20, 20, 20, 20, 20, 90, 90))
        .containsExactly("OPENED at 2", "CLOSED at 7", "OPENED at 10");
  }

  @Test
  void aSpellOfHoursIsNotOverAfterMinutesOfCalm() {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      changes.addAll(feed(times(60, 99)));
      changes.addAll(feed(times(15, 20)));
    }
    assertThat(changes).containsExactly("OPENED at 1");
    assertThat(feed(times(12 * 60 + 30, 20))).hasSize(1);
  }

  @Test
  void theCalmNeededHasAMost() {
    feed(times(3 * 24 * 60, 99));
    assertThat(feed(times(24 * 60 + 1, 20))).hasSize(1);
  }

  @Test
  void itSaysWhy() {
    saturation.update(state, START, 90);
    Saturation.State first = saturation.update(state, START, 90).state();
    assertThat(saturation.update(first, START.plusSeconds(60), 95.5).why())
        .isEqualTo("above 80 % for 2 samples and 60 s, now 95.5 %");
  }

  @Test
  void noNumberAndNothingNewChangeNothing() {
    feed(90);
    assertThat(saturation.update(state, at(), Double.NaN).state()).isEqualTo(state);
    assertThat(saturation.update(state, START, 90).state()).isEqualTo(state);
  }

  private static double[] times(int count, double percent) {
    double[] samples = new double[count];
    java.util.Arrays.fill(samples, percent);
    return samples;
  }

  private List<String> feed(double... percents) {
    List<String> changes = new ArrayList<>();
    for (double percent : percents) {
      Saturation.Judged judged = saturation.update(state, at(), percent);
      state = judged.state();
      if (judged.change() != Change.NONE) {
        changes.add(judged.change() + " at " + minute);
      }
      minute++;
    }
    return changes;
  }

  private Instant at() {
    return START.plusSeconds(60L * minute);
  }
}
