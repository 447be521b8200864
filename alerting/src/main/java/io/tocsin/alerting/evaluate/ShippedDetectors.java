package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.Baseline;
import io.tocsin.alerting.detect.BaselineSettings;
import io.tocsin.alerting.detect.Deviation;
import io.tocsin.alerting.detect.EdgeDifference;
import io.tocsin.alerting.detect.EdgeSettings;
import io.tocsin.alerting.detect.Finding;
import io.tocsin.alerting.detect.RateOfChange;
import io.tocsin.alerting.detect.Remembered;
import io.tocsin.alerting.signal.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The detectors that ship, each with the one configuration that it was scored with. */
public final class ShippedDetectors implements Detectors {

  /** Points that a rate of change looks back at; of a faster series the older ones go first. */
  private static final int RATE_POINTS = 120;

  private final Baseline baseline = new Baseline(BaselineSettings.DEFAULT);
  private final EdgeDifference edges = new EdgeDifference(EdgeSettings.DEFAULT);

  @Override
  public Detector rate(Duration over) {
    RateOfChange rate = new RateOfChange(over, RATE_POINTS);
    return (memory, at, value) -> {
      RateOfChange.Judged judged = rate.update(Remembered.rate(memory), at, value);
      Fields figures =
          judged
              .perSecond()
              .<Fields>map(
                  perSecond ->
                      name ->
                          switch (name) {
                            case "rate" -> perSecond;
                            case "change" -> perSecond * over.toMillis() / 1e3;
                            default -> null;
                          })
              .orElse(Fields.NONE);
      return new Detector.Judged(Remembered.bytes(judged.state()), figures);
    };
  }

  @Override
  public Detector baseline() {
    return (memory, at, value) -> {
      Baseline.Judged judged = baseline.update(Remembered.baseline(memory), at, value);
      Fields figures = judged.finding().map(ShippedDetectors::figures).orElse(Fields.NONE);
      return new Detector.Judged(Remembered.bytes(judged.state()), figures);
    };
  }

  @Override
  public EdgeDetector difference() {
    return this::edge;
  }

  private Detector.Judged edge(
      byte[] memory,
      Instant at,
      String caller,
      String callee,
      double seenByCaller,
      double seenByCallee) {
    EdgeDifference.Judged judged =
        edges.update(Remembered.edges(memory, callee), caller, at, seenByCaller, seenByCallee);
    Optional<Deviation> deviation = judged.deviation();
    Fields figures = deviation.map(found -> figures(found, judged.isAlarm())).orElse(Fields.NONE);
    return new Detector.Judged(Remembered.bytes(judged.state()), figures);
  }

  private static Fields figures(Finding found) {
    Fields deviation = figures(found.deviation(), found.isAlarm());
    return name ->
        switch (name) {
          case "unusually_high" -> found.isAlarm() && found.isHigh();
          case "unusually_low" -> found.isAlarm() && !found.isHigh();
          default -> deviation.get(name);
        };
  }

  private static Fields figures(Deviation found, boolean isAlarm) {
    return name ->
        switch (name) {
          case "score" -> found.score();
          case "expected" -> found.expected();
          case "spread" -> found.spread();
          case "unusual" -> isAlarm;
          case "why" -> found.why();
          default -> null;
        };
  }
}
