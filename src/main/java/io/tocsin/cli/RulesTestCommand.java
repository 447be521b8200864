package io.tocsin.cli;

import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.replay.test.RuleTest;
import io.tocsin.alerting.replay.test.RuleTestFile;
import io.tocsin.alerting.replay.test.RuleTestReader;
import io.tocsin.alerting.replay.test.RuleTestRunner;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.config.ConfigException;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.RuleSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs tests of rules. */
@Command(
    name = "test",
    description = {
      "Runs tests of rules: figures over time, and the alerts, incidents, notifications and heal",
      "plans that have to come of them, by the code that judges in earnest."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all passed", "1:some failed", "3:rules or tests cannot be used"},
    footer = {
      "",
      "Examples:",
      "  tocsin rules test deploy/rules/tests",
      "  tocsin rules test my-tests.yaml --rules my-rules.yaml"
    })
final class RulesTestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The rules under test. Default: those that come with Tocsin.")
  private List<Path> rules;

  @Parameters(arity = "1..*", paramLabel = "TESTS", description = "YAML files, or directories.")
  private List<Path> tests;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    List<Rule> good = RuleFiles.good(rules);
    Map<String, List<String>> failures = new LinkedHashMap<>();
    int count = 0;
    for (RuleTestFile file : read(good)) {
      RuleTestRunner runner = new RuleTestRunner(good, routes(file));
      for (RuleTest test : file.tests()) {
        count++;
        List<String> wrong = runner.run(file.file(), test);
        if (!wrong.isEmpty()) {
          failures.put(file.file() + ":" + test.line() + ": " + test.name(), wrong);
        }
      }
    }
    if (json.wanted()) {
      out.println(Json.text(Map.of("tests", count, "failures", failures)));
    } else {
      failures.forEach(
          (test, wrong) -> {
            out.println(Terminal.plain(test));
            wrong.forEach(line -> out.println("  " + Terminal.plain(line)));
          });
      out.printf("%d of %d tests passed%n", count - failures.size(), count);
    }
    return failures.isEmpty() ? 0 : 1;
  }

  private static RouteTree routes(RuleTestFile file) throws CommandFailure {
    if (file.config() == null) {
      return RouteTree.of(NotificationConfig.DEFAULT);
    }
    try {
      Path config = Path.of(file.file()).resolveSibling(file.config());
      return RouteTree.of(new ConfigLoader().load(config).notifications());
    } catch (ConfigException bad) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, file.file() + ": config: " + bad.getMessage(), bad);
    }
  }

  private List<RuleTestFile> read(List<Rule> good) throws CommandFailure {
    List<Problem> problems = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    tests.forEach(path -> files.addAll(RuleSources.files(path, problems)));
    List<RuleTestFile> read = new ArrayList<>();
    for (Path file : files) {
      try {
        read.add(new RuleTestReader(good).read(file.toString(), Files.readString(file)));
      } catch (IOException cannot) {
        problems.add(new Problem(file.toString(), 0, 0, "", "cannot be read: " + cannot));
      }
    }
    read.forEach(file -> problems.addAll(file.problems()));
    if (!problems.isEmpty()) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, RuleFiles.lines(problems));
    }
    return read;
  }
}
