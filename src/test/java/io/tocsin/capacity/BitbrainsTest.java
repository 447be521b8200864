package io.tocsin.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.forecast.Accuracy;
import io.tocsin.capacity.forecast.Forecast;
import io.tocsin.capacity.forecast.ForecastOutcome;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.forecast.Forecaster;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Dimension;
import io.tocsin.capacity.rightsizing.Rightsizer;
import io.tocsin.capacity.rightsizing.RightsizingSettings;
import io.tocsin.capacity.rightsizing.Verdict;
import io.tocsin.capacity.source.TraceFleet;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A month of 25 real VMs (GWA-T-12 Bitbrains). The trace is not part of the project; TOCSIN_TRACES
 * names the directory that holds it.
 */
@EnabledIfEnvironmentVariable(named = "TOCSIN_TRACES", matches = ".+")
class BitbrainsTest {

  private final Fleet fleet = fleet();

  @Test
  void provisionedForP99At70PercentItNeeds61Of81Cores() {
    RightsizingSettings defaults = RightsizingSettings.defaults();
    RightsizingSettings allAlike =
        new RightsizingSettings(
            0.99,
            0.7,
            1,
            defaults.memoryTarget(),
            null,
            defaults.minimumHistory(),
            defaults.fullHistory(),
            defaults.tolerance(),
            defaults.vetoes());
    List<Advice> cpu =
        new Rightsizer(allAlike)
            .advise(fleet.resources()).stream()
                .filter(advice -> advice.dimension() == Dimension.CPU)
                .toList();

    assertThat(cpu.stream().mapToDouble(Advice::has).sum()).isEqualTo(81);
    assertThat(cpu.stream().mapToDouble(Advice::needs).sum()).isEqualTo(61);
    assertThat(cpu)
        .filteredOn(advice -> advice.verdict() == Verdict.GROW && advice.isFloor())
        .extracting(Advice::id)
        .containsExactly("vm/41", "vm/61", "vm/81");
  }

  @Test
  void mostOfItIsIdle() {
    assertThat(
            fleet.resources().stream()
                .filter(vm -> Quantile.of(vm.of(Figure.CPU_PERCENT), 0.95) < 20))
        .hasSize(21);
    assertThat(fleet.resources())
        .allMatch(vm -> Quantile.of(vm.of(Figure.MEMORY_PERCENT), 0.95) < 50);
  }

  @Test
  void whatForecastsSayOfThemselvesIsReported() {
    Forecaster forecaster = new Forecaster(ForecastSettings.defaults(ZoneOffset.UTC));
    for (Figure figure : List.of(Figure.CPU_PERCENT, Figure.MEMORY_PERCENT)) {
      List<Accuracy> all =
          forecaster.rank(fleet.resources(), List.of(figure)).stream()
              .filter(Forecast.class::isInstance)
              .map(outcome -> ((Forecast) outcome).accuracy())
              .toList();
      double coverage = all.stream().mapToDouble(Accuracy::coverage).average().orElseThrow();
      double[] percentage = all.stream().mapToDouble(Accuracy::meanPercentageError).toArray();
      double[] absolute = all.stream().mapToDouble(Accuracy::meanAbsoluteError).toArray();
      System.out.printf(
          "bitbrains %s: %d forecasts, 90 %% interval covers %.1f %%, MAPE median %.0f %%,"
              + " error median %.2f points%n",
          figure.word(),
          all.size(),
          100 * coverage,
          Quantile.median(percentage),
          Quantile.median(absolute));
      assertThat(coverage).isGreaterThan(0.8);
    }
  }

  @Test
  void theMostUrgentAreThoseThatSaturate() {
    List<ForecastOutcome> ranked =
        new Forecaster(ForecastSettings.defaults(ZoneOffset.UTC))
            .rank(fleet.resources(), List.of(Figure.CPU_PERCENT));

    assertThat(ranked.subList(0, 3))
        .extracting(ForecastOutcome::id)
        .containsExactlyInAnyOrder("vm/41", "vm/61", "vm/81");
  }

  private static Fleet fleet() {
    Path trace = Path.of(System.getenv("TOCSIN_TRACES"), "bitbrains-rnd-2013-8");
    try {
      return TraceFleet.read(trace, null);
    } catch (CapacityException bad) {
      throw new IllegalStateException(bad);
    }
  }
}
