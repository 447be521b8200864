package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Conditions.Compiled;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.SignalKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {

  private static final Conditions LATENCY =
      Conditions.over(SignalKind.LATENCY, Derivation.None.class);

  private static Condition good(String text) {
    Compiled compiled = LATENCY.compile(text);
    assertThat(compiled).as(text).isInstanceOf(Compiled.Good.class);
    return ((Compiled.Good) compiled).condition();
  }

  private static Conditions.Fault fault(String text) {
    Compiled compiled = LATENCY.compile(text);
    assertThat(compiled).as(text).isInstanceOf(Compiled.Bad.class);
    return ((Compiled.Bad) compiled).faults().get(0);
  }

  private static Fields fields(Object... pairs) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map::get;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p99_ms > 90",
        "p99_ms >= 100",
        "p99_ms == 100",
        "100 == p99_ms",
        "p99_ms * 2 > 190",
        "p99_ms - 5 > 90 + 4",
        "p99_ms in [1, 100]",
        "(final ? p99_ms : 0) > 50",
        "-p99_ms < -99",
        "-(p99_ms) < -(99)",
        "p99_ms > 90 && requests > 50u",
        "p99_ms > mean_ms",
        "size(service) > 3 && p99_ms > 90",
        "service.startsWith('sh')",
        "\"zone\" in labels && labels[\"zone\"] == \"eu\"",
        "labels.exists(name, labels[name] == 'eu')",
        "source == \"PROBES\" && kind != 'HOST'",
        "final",
        "!(final == false)",
      })
  void wholeNumbersAndOthersCompareAndReckonFreely(String text) {
    Fields fields =
        fields(
            "p99_ms",
            100.0,
            "mean_ms",
            20.0,
            "requests",
            60.0,
            "final",
            true,
            "service",
            "shop",
            "source",
            "PROBES",
            "kind",
            "SERVICE",
            "labels",
            Map.of("zone", "eu"));
    assertThat(good(text).of(fields)).isEqualTo(Truth.TRUE);
  }

  @Test
  void whatIsNotKnownIsUnknownUnlessTheRestDecides() {
    for (String unknown : new String[] {"p99_ms > 90", "labels['a'] == 'b'", "!final"}) {
      assertThat(good(unknown).of(Fields.NONE)).as(unknown).isEqualTo(Truth.UNKNOWN);
      assertThat(good(unknown + " || requests > 5").of(fields("requests", 6.0)))
          .isEqualTo(Truth.TRUE);
      assertThat(good("requests > 5 || " + unknown).of(fields("requests", 6.0)))
          .isEqualTo(Truth.TRUE);
      assertThat(good(unknown + " && requests > 5").of(fields("requests", 4.0)))
          .isEqualTo(Truth.FALSE);
      assertThat(good(unknown + " && requests > 5").of(fields("requests", 6.0)))
          .isEqualTo(Truth.UNKNOWN);
    }
  }

  @Test
  void aFigureThatIsNoNumberOrOfAnotherTypeIsNotKnown() {
    for (String text : new String[] {"p99_ms > 90", "p99_ms * 1 > 90"}) {
      assertThat(good(text).of(fields("p99_ms", Double.NaN))).isEqualTo(Truth.UNKNOWN);
      assertThat(good(text).of(fields("p99_ms", "100"))).isEqualTo(Truth.UNKNOWN);
      assertThat(good(text).of(fields("p99_ms", 100L))).isEqualTo(Truth.TRUE);
    }
  }

  @Test
  void aWrongNameSaysWhereItStandsAndWhatWasMeant() {
    assertThat(fault("requests > 5 && p9_ms > 90"))
        .isEqualTo(new Conditions.Fault(16, "there is no field p9_ms here; did you mean p90_ms?"));
    assertThat(fault("final &&\n  cpu_percent > 1"))
        .isEqualTo(new Conditions.Fault(11, "there is no field cpu_percent here"));
  }

  @Test
  void aWrongTypeSaysWhereItStands() {
    assertThat(fault("final && service > 5").offset()).isEqualTo(17);
    assertThat(fault("final && service > 5").message())
        .contains("no matching overload")
        .doesNotContain("candidates");
    assertThat(fault("p99_ms").message()).contains("expected type 'bool'");
  }

  @Test
  void aWordThatNeverComesIsFound() {
    assertThat(fault("final && source == \"probes\""))
        .isEqualTo(
            new Conditions.Fault(
                19, "source is never \"probes\"; it is one of PROBES, APPLICATION, UNSPECIFIED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "p99_ms >", "p99_ms > 5)", "'", "p99_ms; 1", "\u0000"})
  void whatIsNoExpressionIsRefused(String text) {
    assertThat(LATENCY.compile(text)).isInstanceOf(Compiled.Bad.class);
  }

  @Test
  void endlessExpressionsAreRefused() {
    assertThat(fault("p99_ms > 1 ||".repeat(200) + "final").message())
        .isEqualTo("has 2605 characters; 2000 are allowed");
    assertThat(fault("(".repeat(300) + "final" + ")".repeat(300)).message()).isNotBlank();
    assertThat(fault("-".repeat(1_900) + "p99_ms").message()).isNotBlank();
    assertThat(fault("[1,".repeat(300) + "1" + "]".repeat(300) + "==[1]").message()).isNotBlank();
    assertThat(fault("final&&".repeat(280) + "final").message()).isNotBlank();
  }

  @Test
  void loopsOverLoopsEndAsNotKnown() {
    String digits = "[0,1,2,3,4,5,6,7,8,9]";
    Condition condition =
        good(
            digits
                + ".all(a,"
                + digits
                + ".all(b,"
                + digits
                + ".all(c,"
                + digits
                + ".all(d, a+b+c+d >= 0))))");
    assertThat(condition.of(Fields.NONE)).isEqualTo(Truth.UNKNOWN);
  }

  @Test
  void theFigureThatDecidesIsTheOnlyNumberOrTheOnlyOneThatIsCompared() {
    assertThat(good("p99_ms > 90 && final").field()).isEqualTo("p99_ms");
    assertThat(good("p99_ms > mean_ms * 2").field()).isEqualTo("p99_ms");
    assertThat(good("p99_ms > 1 || p90_ms > 1").field()).isEmpty();
    assertThat(good("final").field()).isEmpty();
  }

  @Test
  void everySignalAndDerivationHasConditions() {
    for (SignalKind signal : SignalKind.values()) {
      for (Class<?> derivation : Derivation.class.getPermittedSubclasses()) {
        assertThat(
                Conditions.over(signal, derivation.asSubclass(Derivation.class))
                    .compile("resource == 'a' && labels.size() > 0"))
            .isInstanceOf(Compiled.Good.class);
      }
    }
  }
}
