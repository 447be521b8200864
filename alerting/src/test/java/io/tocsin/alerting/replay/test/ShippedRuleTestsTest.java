package io.tocsin.alerting.replay.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ShippedRuleTestsTest {

  private static final Path TESTS = Path.of("../deploy/rules/tests");

  @TestFactory
  List<DynamicTest> shippedRulesDoWhatTheirTestsSay() throws IOException {
    RuleReading reading = new RuleReader().readTexts(BuiltInRules.texts());
    assertThat(reading.problems()).isEmpty();
    List<Rule> rules = reading.rules().stream().map(LoadedRule::rule).toList();
    RuleTestRunner runner = new RuleTestRunner(rules);
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(TESTS).sorted()) {
      for (Path file : files.toList()) {
        RuleTestFile read = new RuleTestReader(rules).read(file.toString(), Files.readString(file));
        assertThat(read.problems()).isEmpty();
        for (RuleTest test : read.tests()) {
          tests.add(
              DynamicTest.dynamicTest(
                  file.getFileName() + ": " + test.name(),
                  () -> assertThat(runner.run(file.toString(), test)).isEmpty()));
        }
      }
    }
    return tests;
  }
}
