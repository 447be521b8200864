package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a figure will be.
 *
 * @param id of the resource
 * @param service it belongs to; empty if unknown
 * @param figure in percent
 * @param from first step of the forecast
 * @param step of history and forecast
 * @param past what was measured, NaN in gaps; for charts
 * @param point what is expected
 * @param lower lower end of the interval
 * @param upper upper end of the interval
 * @param level share of outcomes the interval should hold
 * @param model the way of forecasting that was best on the past
 * @param accuracy how good forecasts of this series were
 * @param full when it is full
 */
public record Forecast(
    String id,
    String service,
    Figure figure,
    Instant from,
    Duration step,
    double[] past,
    double[] point,
    double[] lower,
    double[] upper,
    double level,
    String model,
    Accuracy accuracy,
    TimeToFull full)
    implements ForecastOutcome {

  private static final double[] NONE = {};

  /** The same with curves to a tenth of a percent, which is more than a chart shows. */
  public Forecast inTenths() {
    return withCurves(tenths(past), tenths(point), tenths(lower), tenths(upper));
  }

  /** The same without its curves, which are most of its size. */
  public Forecast withoutCurves() {
    return withCurves(NONE, NONE, NONE, NONE);
  }

  private Forecast withCurves(double[] was, double[] expected, double[] least, double[] most) {
    return new Forecast(
        id, service, figure, from, step, was, expected, least, most, level, model, accuracy, full);
  }

  private static double[] tenths(double[] values) {
    return Arrays.stream(values)
        .map(value -> Double.isNaN(value) ? value : Math.rint(value * 10) / 10)
        .toArray();
  }
}
