package io.tocsin.cli;

import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.config.RuleSources;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules out of the files that a command names. */
final class RuleFiles {

  private RuleFiles() {}

  /**
   * Reads files, or the rules that come with the program if none is named.
   *
   * @param paths files, or directories whose {@code *.yaml} are read
   */
  static RuleReading read(List<Path> paths) {
    return read(paths, builtIn());
  }

  /** The same, where rules may name others that are in force beside them. */
  static RuleReading read(List<Path> paths, Set<String> elsewhere) {
    if (paths == null || paths.isEmpty()) {
      return new RuleReader().readTexts(BuiltInRules.texts());
    }
    List<Problem> missing = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    paths.forEach(path -> files.addAll(RuleSources.files(path, missing)));
    RuleReading reading = new RuleReader(elsewhere).read(files);
    missing.addAll(reading.problems());
    return new RuleReading(reading.rules(), missing);
  }

  private static Set<String> builtIn() {
    return new RuleReader()
        .readTexts(BuiltInRules.texts()).rules().stream()
            .map(loaded -> loaded.rule().name())
            .collect(Collectors.toSet());
  }

  /**
   * The rules, if nothing is wrong with any.
   *
   * @throws CommandFailure with all that is wrong
   */
  static List<Rule> good(List<Path> paths) throws CommandFailure {
    RuleReading reading = read(paths);
    if (!reading.isGood()) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, lines(reading.problems()));
    }
    return reading.rules().stream().map(LoadedRule::rule).toList();
  }

  static String lines(List<Problem> problems) {
    return Terminal.lines(problems.stream().sorted().map(Problem::toString).toList());
  }

  static void tell(List<Problem> problems, PrintWriter out) {
    out.println(lines(problems));
  }
}
