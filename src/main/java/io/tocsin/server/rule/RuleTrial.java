package io.tocsin.server.rule;

import io.tocsin.alerting.replay.test.RuleTest;
import io.tocsin.alerting.replay.test.RuleTestFile;
import io.tocsin.alerting.replay.test.RuleTestReader;
import io.tocsin.alerting.replay.test.RuleTestRunner;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.schemas.RuleText;
import io.tocsin.server.http.RequestProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules and tests that somebody sent, tried out. The texts are read as nodes only, without anchors,
 * tags and files, so that a short text stays a small one and names nothing of this machine.
 */
final class RuleTrial {

  /** More tests than this are for the command line. */
  static final int MOST_TESTS = 100;

  /** Values of all series of all tests of one request; ours, some 20 MB of observations. */
  private static final int MOST_VALUES = 100_000;

  private static final String RULES = "rules";
  private static final String TESTS = "tests";

  private static final Pattern LIST = Pattern.compile("(?m)^rules[ \\t]*:");
  private static final Pattern NAME =
      Pattern.compile("(?m)^[ \\t]*name[ \\t]*:[ \\t]*[\"']?([a-z0-9._-]{1,63})");

  private RuleTrial() {}

  /**
   * What is wrong with a text.
   *
   * @param line from 1; 0 where it has no place
   * @param column from 1; 0 where it has no place
   * @param key path of the key; empty for the text as a whole
   */
  record Fault(int line, int column, String key, String text) {
    static Fault of(Problem problem) {
      return new Fault(problem.line(), problem.column(), problem.key(), problem.message());
    }
  }

  /** What came of a check: all that is wrong, and the names of the rules that can be used. */
  record Check(List<Fault> problems, List<String> rules) {}

  /** What came of one test. */
  record Case(String name, boolean passed, List<String> problems) {}

  /** What came of tests; without cases where rules or tests could not be read. */
  record Outcome(List<Fault> problems, List<Case> cases) {}

  /**
   * Reads rules, which may name others that are in force: a file of them, or one rule alone, as the
   * API shows it.
   */
  static RuleReading read(String text, Set<String> inForce) {
    if (LIST.matcher(text).find()) {
      return new RuleReader(inForce).readTexts(Map.of(RULES, text));
    }
    Matcher name = NAME.matcher(text);
    return new RuleReader()
        .read(
            RuleText.newBuilder()
                .setName(name.find() ? name.group(1) : "")
                .setVersion("")
                .setText(text)
                .setFile(RULES)
                .setLine(1)
                .setBy("")
                .setAt(Instant.EPOCH)
                .build());
  }

  static Check check(String text, Set<String> inForce) {
    RuleReading reading = read(text, inForce);
    return new Check(
        faults(reading.problems()),
        reading.rules().stream().map(loaded -> loaded.rule().name()).toList());
  }

  /**
   * Runs tests.
   *
   * @param rules YAML; null for those in force
   * @throws RequestProblem if there are too many tests
   */
  static Outcome test(@Nullable String rules, String tests, Collection<Rule> inForce)
      throws RequestProblem {
    Collection<Rule> under = inForce;
    if (rules != null) {
      RuleReading reading = read(rules, Set.of());
      if (!reading.isGood()) {
        return new Outcome(faults(reading.problems()), List.of());
      }
      under = reading.rules().stream().map(LoadedRule::rule).toList();
    }
    RuleTestFile file = new RuleTestReader(under, MOST_VALUES).read(TESTS, tests);
    if (file.tests().size() > MOST_TESTS) {
      throw new RequestProblem(
          List.of(
              "tests: are "
                  + file.tests().size()
                  + "; "
                  + MOST_TESTS
                  + " are run at once, and any number by tocsin rules test"));
    }
    if (file.config() != null) {
      throw new RequestProblem(
          List.of("tests: config: files are not read here; tocsin rules test knows routes"));
    }
    if (!file.problems().isEmpty()) {
      return new Outcome(faults(file.problems()), List.of());
    }
    RuleTestRunner runner = new RuleTestRunner(under);
    List<Case> cases = new ArrayList<>();
    for (RuleTest test : file.tests()) {
      List<String> wrong = runner.run(TESTS, test);
      cases.add(new Case(test.name(), wrong.isEmpty(), wrong));
    }
    return new Outcome(List.of(), cases);
  }

  private static List<Fault> faults(List<Problem> problems) {
    return problems.stream().sorted().map(Fault::of).toList();
  }
}
