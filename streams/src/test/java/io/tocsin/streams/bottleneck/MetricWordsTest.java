package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.streams.window.Metric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricWordsTest {

  @ParameterizedTest
  @CsvSource({
    "0,      0",
    "12,     12",
    "85.04,  85",
    "85.06,  85.1",
    "0.25,   0.3",
    "-0.5,   -0.5",
    "-3,     -3",
    "99.96,  100",
    "1e15,   1000000000000000",
    "NaN,    NaN"
  })
  void aNumberHasOneDigitAfterThePointWhereThereIsOneToTell(double value, String text) {
    assertThat(MetricWords.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void eachMetricHasWordsWithItsValue(Metric metric) {
    assertThat(MetricWords.of(metric, 12.5)).contains("12.5").doesNotContain("#");
    assertThat(MetricWords.key(metric)).matches("[a-z-]+");
  }
}
