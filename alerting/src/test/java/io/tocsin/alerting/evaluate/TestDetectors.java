package io.tocsin.alerting.evaluate;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Detectors that remember the sum of all values, and say what it was before. */
final class TestDetectors implements Detectors {

  @Override
  public Detector rate(Duration over) {
    return sum("rate");
  }

  @Override
  public Detector baseline() {
    return sum("score");
  }

  @Override
  public EdgeDetector difference() {
    return (memory, at, from, to, caller, called) ->
        sum("score").judge(memory, at, caller - called);
  }

  private static Detector sum(String field) {
    return (memory, at, value) -> {
      double sum = memory == null ? 0 : ByteBuffer.wrap(memory).getDouble();
      return new Detector.Judged(
          ByteBuffer.allocate(Double.BYTES).putDouble(sum + value).array(),
          name -> {
            if (name.equals("why")) {
              return "the sum was " + sum;
            }
            return name.equals(field) ? sum : null;
          });
    };
  }
}
