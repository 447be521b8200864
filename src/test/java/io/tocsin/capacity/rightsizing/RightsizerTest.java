package io.tocsin.capacity.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RightsizerTest {

  private static final double GIB = 1024.0 * 1024 * 1024;
  private final Rightsizer rightsizer = new Rightsizer(RightsizingSettings.defaults());

  @Test
  void aVmGetsWholeCoresThatItsPercentileUsesAt70Percent() {
    Advice advice = cpu(vm(28, Map.of(Figure.CPU_PERCENT, 20.0, Figure.CORES, 8.0)));

    // 1.6 cores in use; 1.6 / 0.7 = 2.3.
    assertThat(advice.verdict()).isEqualTo(Verdict.SHRINK);
    assertThat(advice.needs()).isEqualTo(3);
    assertThat(advice.confidence()).isEqualTo(1);
  }

  @Test
  void aContainerGetsHundredthsOfACore() {
    Advice advice =
        cpu(of(ResourceKind.CONTAINER, 28, Map.of(Figure.CPU_PERCENT, 20.0, Figure.CORES, 0.5)));

    assertThat(advice.needs()).isEqualTo(0.15);
  }

  @Test
  void whatWasUsedUpNeedsAtLeastThatMuch() {
    Advice advice = cpu(vm(28, Map.of(Figure.CPU_PERCENT, 100.0, Figure.CORES, 8.0)));

    assertThat(advice.verdict()).isEqualTo(Verdict.GROW);
    assertThat(advice.needs()).isEqualTo(12);
    assertThat(advice.isFloor()).isTrue();
    assertThat(advice.reason()).contains("it was used up");
  }

  @Test
  void memoryIsSizedByItsPeak() {
    ResourceSeries series =
        vm(28, Map.of(Figure.MEMORY_PERCENT, 10.0, Figure.MEMORY_BYTES, 16 * GIB));
    series.figures().get(Figure.MEMORY_PERCENT)[100] = 50;

    Advice advice = rightsizer.advise(series, Dimension.MEMORY);

    // 8 GiB and 15 %, up to the next quarter.
    assertThat(advice.needs()).isEqualTo(9.25 * GIB);
    assertThat(advice.verdict()).isEqualTo(Verdict.SHRINK);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CPU_PRESSURE_PERCENT", "THROTTLED_PERCENT", "STEAL_PERCENT", "VCPU_DELAY_PERCENT"})
  void nothingIsTakenFromWhatIsShortAlready(Figure sign) {
    Advice advice = cpu(vm(28, Map.of(Figure.CPU_PERCENT, 20.0, Figure.CORES, 8.0, sign, 30.0)));

    assertThat(advice.verdict()).isEqualTo(Verdict.VETOED);
    assertThat(advice.target()).isEqualTo(8);
    assertThat(advice.reason()).contains(sign.word()).contains("30.0 %");
  }

  @Test
  void aSignOfShortageDoesNotKeepItFromGrowing() {
    Advice advice =
        cpu(
            vm(
                28,
                Map.of(Figure.CPU_PERCENT, 90.0, Figure.CORES, 8.0, Figure.STEAL_PERCENT, 30.0)));

    assertThat(advice.verdict()).isEqualTo(Verdict.GROW);
  }

  @Test
  void lessThanAWeekIsRefused() {
    Advice advice = cpu(vm(6, Map.of(Figure.CPU_PERCENT, 20.0, Figure.CORES, 8.0)));

    assertThat(advice.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(advice.needs()).isNaN();
    assertThat(advice.reason()).isEqualTo("has 6.0 days of history; 7.0 are needed");
  }

  @Test
  void gapsAreNoHistory() {
    ResourceSeries series = vm(10, Map.of(Figure.CPU_PERCENT, 20.0, Figure.CORES, 8.0));
    Arrays.fill(series.figures().get(Figure.CPU_PERCENT), 0, 96, Double.NaN);

    assertThat(cpu(series).reason()).isEqualTo("has 6.0 days of history; 7.0 are needed");
  }

  @Test
  void aWeekIsEnoughForAQuarterOfConfidence() {
    assertThat(cpu(vm(7, Map.of(Figure.CPU_PERCENT, 20.0, Figure.CORES, 8.0))).confidence())
        .isEqualTo(0.25);
  }

  @Test
  void anUnknownCapacityIsRefusedByName() {
    assertThat(cpu(vm(28, Map.of(Figure.CPU_PERCENT, 20.0))).reason())
        .isEqualTo("its cores are not known");
    assertThat(cpu(vm(28, Map.of(Figure.CORES, 8.0))).reason())
        .isEqualTo("nothing is known of its cpu-percent");
  }

  @Test
  void whatIsAboutRightIsLeftAlone() {
    assertThat(cpu(vm(28, Map.of(Figure.CPU_PERCENT, 65.0, Figure.CORES, 8.0))).verdict())
        .isEqualTo(Verdict.KEEP);
  }

  @Test
  void theNewestCapacityHoldsWhereABalloonChangedIt() {
    ResourceSeries series =
        vm(28, Map.of(Figure.MEMORY_PERCENT, 50.0, Figure.MEMORY_BYTES, 16 * GIB));
    double[] bytes = series.figures().get(Figure.MEMORY_BYTES);
    bytes[bytes.length - 1] = 4 * GIB;

    Advice advice = rightsizer.advise(series, Dimension.MEMORY);

    assertThat(advice.has()).isEqualTo(4 * GIB);
    assertThat(advice.verdict()).isEqualTo(Verdict.GROW);
    assertThat(advice.isFloor()).isFalse();
  }

  private Advice cpu(ResourceSeries series) {
    return rightsizer.advise(series, Dimension.CPU);
  }

  private static ResourceSeries vm(int days, Map<Figure, Double> constants) {
    return of(ResourceKind.VM, days, constants);
  }

  private static ResourceSeries of(ResourceKind kind, int days, Map<Figure, Double> constants) {
    Map<Figure, double[]> figures = new EnumMap<>(Figure.class);
    constants.forEach(
        (figure, value) -> {
          double[] values = new double[24 * days];
          Arrays.fill(values, value);
          figures.put(figure, values);
        });
    return new ResourceSeries(
        "vm/a",
        kind,
        "shop",
        "host/1",
        Instant.parse("2026-03-02T00:00:00Z"),
        Duration.ofHours(1),
        figures);
  }
}
