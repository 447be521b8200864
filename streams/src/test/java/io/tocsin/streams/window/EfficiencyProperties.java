package io.tocsin.streams.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.schemas.Figure;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class EfficiencyProperties {

  private static Figure mean(double mean) {
    return new Figure(mean, 100.0, mean, mean, mean);
  }

  @Property
  void isUsefulOverTotal(
      @ForAll @DoubleRange(min = 0.01, max = 100) double cpu,
      @ForAll @DoubleRange(max = 100) double memory,
      @ForAll @DoubleRange(max = 100) double io,
      @ForAll @DoubleRange(max = 100) double network) {
    assertThat(Efficiency.of(mean(cpu), mean(memory), mean(io), mean(network)))
        .isCloseTo((cpu + memory) / (cpu + memory + io + network), within(1e-12))
        .isBetween(0.0, 1.0);
  }

  @Example
  void isNotKnownWithoutCpuOrMemoryOrWhereAllIsZero() {
    assertThat(Efficiency.of(null, mean(1), mean(1), mean(1))).isNull();
    assertThat(Efficiency.of(mean(1), null, mean(1), mean(1))).isNull();
    assertThat(Efficiency.of(mean(0), mean(0), mean(0), mean(0))).isNull();
  }

  @Example
  void countsWhatIsMissingOfIoAndNetworkAsNone() {
    assertThat(Efficiency.of(mean(30), mean(30), null, null)).isEqualTo(1.0);
  }
}
