package io.tocsin.server.rule;

import io.tocsin.alerting.replay.test.Expectation;
import io.tocsin.alerting.replay.test.RuleTest;
import io.tocsin.alerting.replay.test.RuleTestFile;
import io.tocsin.alerting.replay.test.RuleTestReader;
import io.tocsin.alerting.replay.test.RuleTestRunner;
import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tests that ship with the rules: which are about a rule, and whether the rules in force pass
 * them, however they were changed since. What came of a test is remembered for as long as the rules
 * it names stay as they are. Thread-safe.
 */
final class ShippedTests {

  private static final int MOST_REMEMBERED = 500;

  private record Shipped(String file, RuleTest test) {}

  private final List<Shipped> tests = new ArrayList<>();
  private final Map<String, Rule> shippedRules = new TreeMap<>();
  private final Map<String, RuleDetail.Test> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RuleDetail.Test> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private synchronized void read() {
    if (!shippedRules.isEmpty()) {
      return;
    }
    for (LoadedRule loaded : new RuleReader().readTexts(BuiltInRules.texts()).rules()) {
      shippedRules.put(loaded.rule().name(), loaded.rule());
    }
    BuiltInRules.tests()
        .forEach(
            (file, text) -> {
              RuleTestFile read = new RuleTestReader(shippedRules.values()).read(file, text);
              read.tests().forEach(test -> tests.add(new Shipped(file, test)));
            });
  }

  /** Those about a rule, run against the rules in force; a second or two at worst. */
  List<RuleDetail.Test> run(String rule, Collection<Rule> inForce) {
    List<Shipped> wanted = of(rule);
    Map<String, Rule> rules = new TreeMap<>(shippedRules);
    inForce.forEach(each -> rules.put(each.name(), each));
    RuleTestRunner runner = new RuleTestRunner(rules.values());
    List<RuleDetail.Test> results = new ArrayList<>();
    for (Shipped each : wanted) {
      results.add(run(each, rules, runner));
    }
    return results;
  }

  private RuleDetail.Test run(Shipped shipped, Map<String, Rule> rules, RuleTestRunner runner) {
    StringBuilder key = new StringBuilder(shipped.file()).append(':').append(line(shipped));
    (shipped.test().rules().isEmpty() ? rules.keySet() : shipped.test().rules())
        .forEach(name -> key.append(' ').append(version(rules.get(name))));
    synchronized (remembered) {
      RuleDetail.Test known = remembered.get(key.toString());
      if (known != null) {
        return known;
      }
    }
    List<String> problems = runner.run(shipped.file(), shipped.test());
    RuleDetail.Test result =
        new RuleDetail.Test(
            name(shipped), shipped.file(), line(shipped), problems.isEmpty(), problems);
    synchronized (remembered) {
      remembered.put(key.toString(), result);
    }
    return result;
  }

  private static String version(@Nullable Rule rule) {
    return rule == null ? "none" : rule.version();
  }

  private List<Shipped> of(String rule) {
    read();
    return tests.stream().filter(each -> isAbout(each.test(), rule)).toList();
  }

  private static boolean isAbout(RuleTest test, String rule) {
    return test.rules().contains(rule)
        || (test.rules().isEmpty()
            && test.expectations().stream().anyMatch(each -> names(each, rule)));
  }

  private static boolean names(Expectation expected, String rule) {
    return (expected.alerts() != null
            && expected.alerts().stream().anyMatch(alert -> rule.equals(alert.rule())))
        || (expected.incidents() != null
            && expected.incidents().stream().anyMatch(incident -> rule.equals(incident.rule())));
  }

  private static String name(Shipped shipped) {
    return shipped.test().name();
  }

  private static int line(Shipped shipped) {
    return shipped.test().line();
  }
}
