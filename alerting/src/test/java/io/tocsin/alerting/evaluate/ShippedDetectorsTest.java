package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.alerting.signal.Fields;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShippedDetectorsTest {

  private final Detectors detectors = new ShippedDetectors();

  @Test
  void aRateIsOfAllItsTimeHoweverFastTheSeriesIs() {
    Detector rate = detectors.rate(Duration.ofHours(1));
    Memory memory = null;
    Fields figures = Fields.NONE;
    for (int second = 0; second < 7_200; second++) {
      Detector.Judged judged = rate.judge(memory, Scene.at(second), 3.0 * second);
      memory = judged.memory();
      figures = judged.figures();
    }
    assertThat(figures.number("rate")).isCloseTo(3, within(1e-6));
    assertThat(figures.number("change")).isCloseTo(10_800, within(1e-2));
    assertThat(memory.rate().values().values()).hasSizeLessThanOrEqualTo(121);
  }

  @Test
  void nothingIsSaidBeforeEnoughIsKnown() {
    assertThat(detectors.baseline(true).judge(null, Scene.at(0), 1).figures().get("unusual"))
        .isNull();
    assertThat(
            detectors.rate(Duration.ofHours(1)).judge(null, Scene.at(0), 1).figures().get("rate"))
        .isNull();
  }

  @Test
  void whatHasNeverBeenIsUnusual() {
    Memory memory = null;
    for (int minute = 0; minute < 3 * 1_440; minute++) {
      double value = 50 + 10 * Math.sin(minute / 7.0);
      memory = detectors.baseline(true).judge(memory, Scene.at(minute * 60), value).memory();
    }
    Fields figures = detectors.baseline(true).judge(memory, Scene.at(4_320 * 60), 500).figures();
    assertThat(figures.get("unusual")).isEqualTo(true);
    assertThat(figures.get("why")).asString().contains("beyond");
  }
}
