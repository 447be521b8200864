package io.tocsin.capacity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrectionTest {

  private final Correction correction = new Correction(0.9, 10);

  @Test
  void littleIsKnownAtFirstAndNothingIsCorrected() {
    add(0, 9, false);

    assertThat(correction.levelAt(100)).isEqualTo(0.9);
  }

  @Test
  void whatWasMissingIsAskedForOnTop() {
    add(0, 85, true);
    add(85, 100, false);

    assertThat(correction.levelAt(100)).isCloseTo(0.95, within(1e-9));
  }

  @Test
  void whatCameLaterWasNotKnown() {
    add(0, 50, true);
    add(50, 100, false);

    assertThat(correction.levelAt(50)).isEqualTo(0.9);
  }

  @Test
  void itNeverPromisesLessNorMoreThanErrorsCanTell() {
    add(0, 100, true);
    assertThat(correction.levelAt(100)).isEqualTo(0.9);

    add(100, 300, false);
    assertThat(correction.levelAt(300)).isEqualTo(0.99);
  }

  private void add(int from, int to, boolean isWithin) {
    for (int step = from; step < to; step++) {
      correction.add(step, isWithin);
    }
  }
}
