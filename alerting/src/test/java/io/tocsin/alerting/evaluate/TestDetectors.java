package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.RateOfChange;
import io.tocsin.alerting.detect.Ring;
import java.time.Duration;

/** Detectors that remember the sum of all values, and say what it was before. */
final class TestDetectors implements Detectors {

  @Override
  public Detector rate(Duration over) {
    return sum("rate");
  }

  @Override
  public Detector baseline(boolean seasonal) {
    return sum("score");
  }

  @Override
  public EdgeDetector difference() {
    return new ShippedDetectors().difference();
  }

  private static Detector sum(String field) {
    return (memory, at, value) -> {
      double sum = memory == null ? 0 : memory.rate().values().values()[0];
      Ring more = new Ring(new double[] {sum + value});
      return new Detector.Judged(
          new Memory(new RateOfChange.State(Ring.empty(), more), null, null),
          name -> {
            if (name.equals("why")) {
              return "the sum was " + sum;
            }
            return name.equals(field) ? sum : null;
          });
    };
  }
}
