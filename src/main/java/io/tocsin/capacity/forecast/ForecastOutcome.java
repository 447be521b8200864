package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Figure;

/** A forecast, or why there is none. */
public sealed interface ForecastOutcome permits Forecast, ForecastOutcome.None {

  /** Of which resource. */
  String id();

  /** Of which of its figures. */
  Figure figure();

  /**
   * No forecast.
   *
   * @param reason what is lacking, and how much would do
   */
  record None(String id, Figure figure, String reason) implements ForecastOutcome {}
}
