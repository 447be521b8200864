package io.tocsin.cli;

import io.tocsin.alerting.rules.RuleReading;
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

/** Reads rules and says all that is wrong with them. */
@Command(
    name = "check",
    description =
        "Reads rules, and says all that is wrong with them, each with file, line and column.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all can be used", "3:some cannot"},
    footer = {
      "",
      "Examples:",
      "  tocsin rules check my-rules.yaml",
      "  tocsin rules check deploy/rules"
    })
final class RulesCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "YAML files, or directories of them. Default: the rules that come with Tocsin.")
  private List<Path> files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RuleReading reading = RuleFiles.read(files);
    if (json.wanted()) {
      out.println(Json.text(Map.of("valid", reading.isGood(), "problems", reading.problems())));
    } else if (reading.isGood()) {
      out.printf("good: %d rules%n", reading.rules().size());
    } else {
      RuleFiles.tell(reading.problems(), out);
      out.printf("%d problems%n", reading.problems().size());
    }
    return reading.isGood() ? 0 : CommandFailure.BAD_CONFIGURATION;
  }
}
