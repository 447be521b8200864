package io.tocsin.config;

import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.alerting.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules that a configuration brings: those that come with the program, those it has itself, and
 * those of files it names. They are read together, so that a name is used once.
 */
public final class RuleSources {

  private RuleSources() {}

  /** Reads them all. */
  public static RuleReading read(Config config) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<Problem> unreadable = new ArrayList<>();
    Boolean builtIn = config.alerting().builtInRules();
    if (builtIn == null ? config.ruleSource() == null : builtIn) {
      texts.putAll(BuiltInRules.texts());
    }
    if (config.ruleSource() != null) {
      texts.put(config.ruleSource().file(), config.ruleSource().text());
    }
    for (Path path : config.alerting().ruleFiles()) {
      files(path, unreadable)
          .forEach(
              file -> {
                try {
                  texts.put(file.toString(), Files.readString(file));
                } catch (IOException cannot) {
                  unreadable.add(problem(file, "cannot be read: " + cannot.getMessage()));
                }
              });
    }
    RuleReading reading = new RuleReader().readTexts(texts);
    unreadable.addAll(reading.problems());
    return new RuleReading(reading.rules(), unreadable);
  }

  /** What is wrong with the rules that a file has itself; null if it has none. */
  static List<ConfigProblem> problemsOf(Config.RuleSource source) {
    return source == null
        ? List.of()
        : asConfigProblems(new RuleReader().readTexts(Map.of(source.file(), source.text())));
  }

  static List<ConfigProblem> asConfigProblems(RuleReading reading) {
    return reading.problems().stream()
        .map(
            each ->
                new ConfigProblem(
                    each.file(), each.line(), each.column(), each.key(), each.message()))
        .toList();
  }

  /** A file stands for itself, a directory for the rules in it; those below it are others'. */
  public static List<Path> files(Path path, List<Problem> problems) {
    if (!Files.isDirectory(path)) {
      if (!Files.exists(path)) {
        problems.add(problem(path, "there is no such file"));
        return List.of();
      }
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException | UncheckedIOException cannot) {
      problems.add(problem(path, "cannot be read: " + cannot.getMessage()));
      return List.of();
    }
  }

  private static Problem problem(Path file, String message) {
    return new Problem(file.toString(), 0, 0, "", message);
  }
}
