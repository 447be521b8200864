package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTemplateTest {

  private static String render(String template, Map<String, Object> figures) {
    return SummaryTemplate.of(template).render(figures::get);
  }

  @ParameterizedTest
  @CsvSource({
    "{x}, 95.5",
    "{x:.0f} %, 96 %",
    "{x:.3f}, 95.500",
    "{{x}, {x}",
    "a {missing} b, a ? b",
    "{X} { }, {X} { }",
  })
  void figuresTakeTheirPlaces(String template, String line) {
    assertThat(render(template, Map.of("x", 95.5))).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({"1.0,1", "-0.001,0", "0.125,0.13", "1000000,1000000", "10,10", "NaN,?"})
  void numbersHaveUpToTwoDecimals(double number, String shown) {
    assertThat(render("{x}", Map.of("x", number))).isEqualTo(shown);
  }

  @Test
  void valuesStayText() {
    assertThat(render("{a}|{b}", Map.of("a", "{b}\n\u001b[31m\u202e<b>", "b", "x")))
        .isEqualTo("{b} [31m <b>|x");
  }

  @Test
  void longValuesAndLinesAreCut() {
    assertThat(render("{a}", Map.of("a", "x".repeat(1_000)))).hasSize(200).endsWith("…");
    assertThat(render("{a}".repeat(9), Map.of("a", "x".repeat(150)))).hasSize(500).endsWith("…");
    assertThat(render("{a}", Map.of("a", "😀".repeat(1_000)))).hasSizeLessThan(201).endsWith("😀…");
  }
}
