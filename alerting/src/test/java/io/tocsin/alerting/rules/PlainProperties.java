package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Conditions.Compiled;
import io.tocsin.alerting.signal.SignalKind;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The way without CEL's interpreter says what the interpreter says. */
class PlainProperties {

  private static final Conditions BOTTLENECK =
      Conditions.over(SignalKind.BOTTLENECK, Derivation.None.class);

  /** Deeper ones are longer than a condition may be. */
  private static final int DEEPEST = 5;

  @Property(tries = 500)
  void plainIsCel(
      @ForAll("conditions") String text, @ForAll("figures") Map<String, Object> figures) {
    Condition plain = ((Compiled.Good) BOTTLENECK.compile(text)).condition();
    Condition cel = ((Compiled.Good) BOTTLENECK.compile(text, false)).condition();
    assertThat(plain).isInstanceOf(PlainCondition.class);
    assertThat(cel).isInstanceOf(CelCondition.class);
    assertThat(plain.of(figures::get)).isEqualTo(cel.of(figures::get));
  }

  @Provide
  Arbitrary<String> conditions() {
    Arbitrary<String> number = Arbitraries.of("value", "threshold", "confidence");
    Arbitrary<String> operand =
        Arbitraries.oneOf(number, Arbitraries.of("0", "1", "2.5", "-1", "1e3", "0.0"));
    Arbitrary<String> comparison = Arbitraries.of("<", "<=", ">", ">=", "==", "!=");
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Combinators.combine(number, comparison, operand).as((a, c, b) -> a + " " + c + " " + b),
            Combinators.combine(operand, comparison, number).as((a, c, b) -> a + " " + c + " " + b),
            Arbitraries.of(
                "active",
                "!active",
                "severity == \"HIGH\"",
                "severity != 'LOW'",
                "'CPU' == bottleneck",
                "service == \"\""));
    return Arbitraries.recursive(() -> leaf, PlainProperties::larger, 0, DEEPEST);
  }

  private static Arbitrary<String> larger(Arbitrary<String> part) {
    return Arbitraries.oneOf(
        Combinators.combine(part, Arbitraries.of("&&", "||"), part)
            .as((a, and, b) -> "(" + a + " " + and + " " + b + ")"),
        part.map(a -> "!(" + a + ")"));
  }

  @Provide
  Arbitrary<Map<String, Object>> figures() {
    Arbitrary<Object> number =
        Arbitraries.of(
            -1.0, -0.0, 0.0, 1.0, 2.5, 1_000L, Double.NaN, Double.POSITIVE_INFINITY, "1", true);
    return Combinators.combine(
            number.injectNull(0.2),
            number.injectNull(0.2),
            number.injectNull(0.2),
            Arbitraries.of((Object) true, false, "true").injectNull(0.2),
            Arbitraries.of((Object) "HIGH", "LOW", 5.0).injectNull(0.2),
            Arbitraries.of((Object) "CPU", "IO").injectNull(0.2),
            Arbitraries.of((Object) "", "shop").injectNull(0.2))
        .as(
            (value, threshold, confidence, active, severity, bottleneck, service) -> {
              Map<String, Object> figures = new HashMap<>();
              figures.put("value", value);
              figures.put("threshold", threshold);
              figures.put("confidence", confidence);
              figures.put("active", active);
              figures.put("severity", severity);
              figures.put("bottleneck", bottleneck);
              figures.put("service", service);
              return figures;
            });
  }
}
