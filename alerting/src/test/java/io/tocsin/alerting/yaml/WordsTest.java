package io.tocsin.alerting.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.5S, 0.5s",
    "PT45S, 45s",
    "PT15M, 15m",
    "PT1H30M, 1h 30m",
    "PT49H, 2d 1h",
  })
  void aLengthOfTimeReadsAsInAFile(Duration time, String words) {
    assertThat(Words.of(time)).isEqualTo(words);
  }
}
