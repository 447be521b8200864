package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.replay.test.RuleTestFile;
import io.tocsin.alerting.replay.test.RuleTestReader;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.schemas.RuleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever is written: it is a rule, or there are problems with places; never anything else. */
class BadInputProperties {

  /** A change of a text at a share of its length: so many characters go, these come. */
  record Edit(double at, int gone, String come) {

    String of(String text) {
      int from = (int) (at * text.length());
      int to = Math.min(text.length(), from + gone);
      return text.substring(0, from) + come + text.substring(to);
    }
  }

  private static final List<String> FILES =
      List.of("application", "business", "availability", "security");

  @Property(tries = 150)
  void aFileOfRulesThatWasSpoiltIsReadOrRefused(
      @ForAll("files") String file, @ForAll @Size(min = 1, max = 4) List<@From("edits") Edit> edits)
      throws IOException {
    String text = spoilt(Files.readString(Path.of("../deploy/rules/" + file + ".yaml")), edits);
    RuleReading reading = new RuleReader().readTexts(Map.of("r.yaml", text));
    assertThat(reading.rules().isEmpty() && reading.problems().isEmpty())
        .as("neither rules nor problems")
        .isEqualTo(text.contains("rules: []"));
    havePlaces(reading.problems(), text);
    for (LoadedRule loaded : reading.rules()) {
      RuleText sent = loaded.asText("config", Instant.EPOCH);
      RuleReading again = new RuleReader().read(sent);
      assertThat(again.problems()).isEmpty();
      assertThat(again.rules().get(0).rule().version()).isEqualTo(loaded.rule().version());
    }
  }

  @Property(tries = 150)
  void aFileOfTestsThatWasSpoiltIsReadOrRefused(
      @ForAll("files") String file, @ForAll @Size(min = 1, max = 4) List<@From("edits") Edit> edits)
      throws IOException {
    String text =
        spoilt(Files.readString(Path.of("../deploy/rules/tests/" + file + ".yaml")), edits);
    RuleTestFile read = new RuleTestReader(List.of()).read("t.yaml", text);
    havePlaces(read.problems(), text);
    read.tests().forEach(test -> assertThat(test.observations()).isNotNull());
  }

  @Property(tries = 500)
  void aConditionIsCompiledOrRefusedAtAPlaceInIt(@ForAll("conditions") String text) {
    Conditions conditions = Conditions.over(SignalKind.SECURITY, Derivation.None.class);
    Conditions.Compiled compiled = conditions.compile(text);
    if (compiled instanceof Conditions.Compiled.Good good) {
      assertThat(good.condition().of(Fields.NONE)).isNotNull();
    } else {
      assertThat(((Conditions.Compiled.Bad) compiled).faults())
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault.offset()).isBetween(0, text.length()));
    }
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(FILES);
  }

  @Provide
  Arbitrary<Edit> edits() {
    Arbitrary<String> come =
        Arbitraries.of(
            "", " ", "\n", "\t", ":", "- ", "{", "}", "[", "]", "'", "\"", "|", ">", "&a ", "*a",
            "!!int ", "#", "%", "\u0000", "😀", "\uFEFF", "9", "x", "null", "~", "<<: ", "? ",
            "rules:");
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 6), come)
        .as(Edit::new);
  }

  @Provide
  Arbitrary<String> conditions() {
    return Arbitraries.of(
            "severity",
            "new_critical",
            "labels",
            "nothing",
            "== ",
            "&& ",
            "|| ",
            "! ",
            "( ",
            ") ",
            "> ",
            "in ",
            "[ ",
            "] ",
            "'a' ",
            "1 ",
            "2.5 ",
            "true ",
            ".size() ",
            ".exists(x, x == 'a') ",
            "? ",
            ": ",
            "- ",
            "* ",
            "\n",
            "😀",
            "has(labels.a) ",
            "matches(title, '(a*)*b') ",
            "b'a' ",
            "timestamp('x') ",
            "\"",
            "null ",
            "{'a': 1} ",
            "%",
            "1u ",
            "9223372036854775808 ")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static String spoilt(String text, List<Edit> edits) {
    String spoilt = text;
    for (Edit edit : edits) {
      spoilt = edit.of(spoilt);
    }
    return spoilt;
  }

  private static void havePlaces(List<Problem> problems, String text) {
    long lines = text.chars().filter(character -> character == '\n').count() + 1;
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat((long) problem.line()).as(problem.toString()).isBetween(0L, lines + 1);
              assertThat(problem.message()).isNotBlank();
            });
  }
}
