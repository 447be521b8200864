package io.tocsin.server.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.forecast.Forecast;
import io.tocsin.capacity.forecast.ForecastOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {

  private static final double[] VALUES = {12.3456, Double.NaN};

  @Test
  void theMostUrgentForecastsKeepTheirCurvesInTenths() {
    ForecastOutcome none = new ForecastOutcome.None("host/c", Figure.CPU_PERCENT, "too young");

    List<ForecastOutcome> kept = Curves.kept(List.of(none, forecast("a"), forecast("b")), 1);

    assertThat(kept).extracting(ForecastOutcome::id).containsExactly("host/c", "a", "b");
    assertThat(((Forecast) kept.get(1)).past()).containsExactly(12.3, Double.NaN);
    assertThat(((Forecast) kept.get(2)).past()).isEmpty();
    assertThat(((Forecast) kept.get(2)).full()).isEqualTo(((Forecast) kept.get(1)).full());
  }

  private static Forecast forecast(String id) {
    return new Forecast(
        id,
        "",
        Figure.CPU_PERCENT,
        Instant.EPOCH,
        Duration.ofHours(1),
        VALUES,
        VALUES,
        VALUES,
        VALUES,
        .9,
        "flat",
        null,
        null);
  }
}
