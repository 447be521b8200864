package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigException;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.RuleSources;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a configuration file and starts nothing. */
@Command(
    name = "check",
    description = "Checks a configuration file; prints every problem with its line.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file can be used", "3:it cannot"},
    footer = {"", "Example:", "  tocsin check deploy/tocsin.yaml"})
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "CONFIG", description = "YAML file.")
  private Path file;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Config config = new ConfigLoader().load(file);
      Run.check(config);
      if (json.wanted()) {
        out.println(Json.text(Map.of("valid", true, "problems", List.of())));
      } else {
        out.printf(
            "%s: good: %d checks, %d rules, %d actions, healing mode %s%n",
            file,
            config.checks().size(),
            RuleSources.read(config).rules().size(),
            config.healing().actions().size(),
            config.healing().mode());
      }
      return 0;
    } catch (ConfigException bad) {
      if (json.wanted()) {
        out.println(Json.text(Map.of("valid", false, "problems", bad.problems())));
      } else {
        bad.problems().forEach(out::println);
      }
      return CommandFailure.BAD_CONFIGURATION;
    }
  }
}
