package io.tocsin.server.capacity;

import io.tocsin.capacity.forecast.Forecast;
import io.tocsin.capacity.forecast.ForecastOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves of forecasts. Each has some thousand points, so that an answer about a fleet would be a
 * hundred megabytes of what nobody looks at; the most urgent keep theirs.
 */
final class Curves {

  private Curves() {}

  /** The same outcomes; of the forecasts the first so many keep their curves. */
  static List<ForecastOutcome> kept(List<ForecastOutcome> ranked, int most) {
    List<ForecastOutcome> all = new ArrayList<>(ranked.size());
    int kept = 0;
    for (ForecastOutcome each : ranked) {
      if (each instanceof Forecast forecast) {
        all.add(kept++ < most ? forecast.inTenths() : forecast.withoutCurves());
      } else {
        all.add(each);
      }
    }
    return all;
  }
}
