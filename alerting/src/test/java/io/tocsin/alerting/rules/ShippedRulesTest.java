package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.replay.test.Expectation;
import io.tocsin.alerting.replay.test.RuleTest;
import io.tocsin.alerting.replay.test.RuleTestFile;
import io.tocsin.alerting.replay.test.RuleTestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that are shipped. */
class ShippedRulesTest {

  private static final Path RULES = Path.of("../deploy/rules");

  private static final RuleReading READING = new RuleReader().read(files(RULES));

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<RuleTestFile> tests() throws IOException {
    RuleTestReader reader =
        new RuleTestReader(READING.rules().stream().map(LoadedRule::rule).toList());
    List<RuleTestFile> tests = new ArrayList<>();
    for (Path file : files(RULES.resolve("tests"))) {
      tests.add(reader.read(file.toString(), Files.readString(file)));
    }
    return tests;
  }

  @Test
  void allAreRead() {
    assertThat(READING.problems()).isEmpty();
    assertThat(READING.rules()).hasSizeBetween(25, 60);
  }

  @Test
  void allCanBeSentAndAreTheSameThere() {
    for (LoadedRule loaded : READING.rules()) {
      RuleReading again = new RuleReader().read(loaded.asText("config", Instant.EPOCH));
      assertThat(again.problems()).isEmpty();
      assertThat(again.rules().get(0).rule().version()).isEqualTo(loaded.rule().version());
    }
  }

  @Test
  void allHaveASummaryAndARunbook() {
    assertThat(READING.rules())
        .allSatisfy(
            loaded -> {
              assertThat(loaded.rule().summary()).isNotEqualTo(Defaults.SUMMARY);
              assertThat(loaded.rule().runbook()).isNotBlank();
            });
  }

  @Test
  void allTestsAreRead() throws IOException {
    assertThat(tests()).flatExtracting(RuleTestFile::problems).isEmpty();
  }

  @Test
  void eachHasATestInWhichItFiresAndOneMomentInWhichItDoesNot() throws IOException {
    Set<String> fires = new TreeSet<>();
    Set<String> rests = new TreeSet<>();
    for (RuleTestFile file : tests()) {
      for (RuleTest test : file.tests()) {
        for (Expectation expectation : test.expectations()) {
          if (expectation.alerts() != null) {
            Set<String> named = new TreeSet<>();
            expectation.alerts().forEach(alert -> named.add(alert.rule()));
            fires.addAll(named);
            test.rules().stream().filter(rule -> !named.contains(rule)).forEach(rests::add);
          }
        }
      }
    }
    List<String> names = READING.rules().stream().map(loaded -> loaded.rule().name()).toList();
    assertThat(fires).containsExactlyInAnyOrderElementsOf(names);
    assertThat(rests).containsExactlyInAnyOrderElementsOf(names);
  }
}
