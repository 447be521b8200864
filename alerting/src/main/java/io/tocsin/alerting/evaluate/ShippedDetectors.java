package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.Baseline;
import io.tocsin.alerting.detect.BaselineSettings;
import io.tocsin.alerting.detect.BaselineState;
import io.tocsin.alerting.detect.Deviation;
import io.tocsin.alerting.detect.EdgeDifference;
import io.tocsin.alerting.detect.EdgeSettings;
import io.tocsin.alerting.detect.Finding;
import io.tocsin.alerting.detect.RateOfChange;
import io.tocsin.alerting.detect.SeasonState;
import io.tocsin.alerting.detect.SeasonalBaseline;
import io.tocsin.alerting.signal.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The detectors as they are shipped, with one setting for all series. */
public final class ShippedDetectors implements Detectors {

  /**
   * Points of a line: values closer together than this share of its time are not all kept, so that
   * a fast series needs no more memory than a slow one.
   */
  private static final int MOST_POINTS = 120;

  private final Baseline baseline = new Baseline(BaselineSettings.DEFAULT);
  private final SeasonalBaseline seasonal = new SeasonalBaseline(BaselineSettings.DEFAULT);
  private final EdgeDifference difference = new EdgeDifference(EdgeSettings.DEFAULT);

  @Override
  public Detector rate(Duration over) {
    RateOfChange rateOfChange = new RateOfChange(over, MOST_POINTS + 1);
    double step = over.toMillis() / 1e3 / MOST_POINTS;
    return (memory, at, value) -> {
      RateOfChange.State past = memory == null ? RateOfChange.State.empty() : memory.rate();
      RateOfChange.Judged judged = rateOfChange.update(past, at, value);
      double[] times = past.seconds().values();
      boolean isClose =
          times.length > 0 && at.toEpochMilli() / 1e3 - times[times.length - 1] < step;
      return new Detector.Judged(
          isClose ? memory : new Memory(judged.state(), null, null),
          rate(judged.perSecond(), over));
    };
  }

  @Override
  public Detector baseline(boolean seasonal) {
    return seasonal ? this::byHourToo : this::byPast;
  }

  private Detector.Judged byPast(Memory memory, Instant at, double value) {
    BaselineState past = memory == null ? BaselineState.empty() : memory.baseline();
    Baseline.Judged judged = baseline.update(past, at, value);
    return new Detector.Judged(
        new Memory(null, judged.state(), null),
        judged.finding().map(ShippedDetectors::finding).orElse(Fields.NONE));
  }

  private Detector.Judged byHourToo(Memory memory, Instant at, double value) {
    BaselineState level = memory == null ? BaselineState.empty() : memory.baseline();
    SeasonState season = memory == null ? SeasonState.empty() : memory.season();
    Baseline.Judged byPast = baseline.update(level, at, value);
    SeasonalBaseline.Judged byHour = seasonal.update(season, at, value);
    Optional<Finding> finding =
        byHour.isAlarm() && !byPast.isAlarm() ? byHour.finding() : byPast.finding();
    return new Detector.Judged(
        new Memory(null, byPast.state(), byHour.state()),
        finding.map(ShippedDetectors::finding).orElse(Fields.NONE));
  }

  @Override
  public EdgeDetector difference() {
    return this::difference;
  }

  private EdgeDetector.Judged difference(EdgeDifference.State past, EdgeTick tick) {
    EdgeDifference.State state = past;
    EdgeDifference.Judged judged = null;
    Instant at = tick.at();
    for (int i = 0; i < tick.callers().size(); i++) {
      double atCaller = tick.atCallers().get(i);
      double atCallee = tick.atCallees().get(i);
      judged = difference.update(state, tick.callers().get(i), at, atCaller, atCallee);
      state = judged.state();
    }
    if (judged == null || judged.deviation().isEmpty()) {
      return new EdgeDetector.Judged(state, Fields.NONE);
    }
    Deviation found = judged.deviation().get();
    Fields figures = deviation(found, judged.isAlarm());
    return new EdgeDetector.Judged(
        state, name -> "difference".equals(name) ? (Object) found.value() : figures.get(name));
  }

  private static Fields rate(Optional<Double> perSecond, Duration over) {
    double rate = perSecond.orElse(Double.NaN);
    if (Double.isNaN(rate)) {
      return Fields.NONE;
    }
    return name ->
        switch (name) {
          case "rate" -> rate;
          case "change" -> rate * over.toMillis() / 1e3;
          default -> null;
        };
  }

  private static Fields finding(Finding found) {
    Fields deviation = deviation(found.deviation(), found.isAlarm());
    return name ->
        switch (name) {
          case "unusually_high" -> found.isAlarm() && found.isHigh();
          case "unusually_low" -> found.isAlarm() && !found.isHigh();
          default -> deviation.get(name);
        };
  }

  private static Fields deviation(Deviation found, boolean isAlarm) {
    return name ->
        switch (name) {
          case "unusual" -> isAlarm;
          case "score" -> found.score();
          case "expected" -> found.expected();
          case "spread" -> found.spread();
          case "why" -> found.why();
          default -> null;
        };
  }
}
