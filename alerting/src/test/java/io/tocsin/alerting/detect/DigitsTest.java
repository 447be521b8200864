package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5, 5",
    "-0.1, -0.1",
    "0.30000000000000004, 0.3",
    "123456, 123500",
    "2.5E21, 2.5E+21",
    "1.23456E-12, 1.235E-12",
    "NaN, NaN"
  })
  void sayAsMuchAsTellsSomething(double number, String expected) {
    assertThat(Digits.of(number)).isEqualTo(expected);
  }
}
