package io.tocsin.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeriesBuilderTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private final SeriesBuilder builder =
      new SeriesBuilder("vm/a", ResourceKind.VM, null, null, Duration.ofMinutes(5));

  @Test
  void readingsOfOneStepAreAveragedInWhateverOrderTheyCome() {
    add(6, 30);
    add(1, 10);
    add(4, 20);

    ResourceSeries series = builder.build().orElseThrow();

    assertThat(series.start()).isEqualTo(START);
    assertThat(series.of(Figure.CPU_PERCENT)).containsExactly(15, 30);
  }

  @Test
  void aMissingStepIsAGapAndDoesNotCountAsHistory() {
    add(0, 10);
    add(10, 10);

    ResourceSeries series = builder.build().orElseThrow();

    assertThat(series.of(Figure.CPU_PERCENT)[1]).isNaN();
    assertThat(series.days(Figure.CPU_PERCENT)).isEqualTo(2 / 288.0);
  }

  @Test
  void whatIsNoNumberIsCountedAndLeftOut() {
    add(0, Double.NaN);
    add(0, -1);
    add(0, Double.POSITIVE_INFINITY);

    assertThat(builder.build()).isEmpty();
    assertThat(builder.rejected()).containsEntry("not a number from 0 upwards: cpu-percent", 3L);
  }

  @Test
  void aClockThatWasWrongByYearsDoesNotMakeAnEndlessGrid() {
    add(0, 10);
    builder.add(START.plus(Duration.ofDays(40_000)), Figure.CPU_PERCENT, 10);

    assertThat(builder.build().orElseThrow().length()).isEqualTo(1);
    assertThat(builder.rejected()).hasSize(1);
  }

  @Test
  void aCoarserGridHoldsTheMeansOfWhatIsKnown() {
    for (int minute = 0; minute < 120; minute += 5) {
      add(minute, minute < 60 ? 10 : 30);
    }

    double[] hours = builder.build().orElseThrow().coarser(Figure.CPU_PERCENT, Duration.ofHours(1));

    assertThat(hours).containsExactly(10, 30);
  }

  private void add(int minute, double value) {
    builder.add(START.plus(Duration.ofMinutes(minute)), Figure.CPU_PERCENT, value);
  }
}
