package io.tocsin.cli;

import io.tocsin.config.ConfigException;
import io.tocsin.config.PolicyLoader;
import io.tocsin.schemas.Policy;
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

/** Checks a file of policies and writes nothing. */
@Command(
    name = "check",
    description = "Checks a file of policies; prints every problem with its line.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file can be used", "3:it cannot"},
    footer = {"", "Example:", "  tocsin policies check deploy/policies/default.yaml"})
final class PoliciesCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "FILE", description = "YAML file.")
  private Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<Policy> policies = new PolicyLoader().load(file);
      if (json.wanted()) {
        out.println(Json.text(Map.of("valid", true, "problems", List.of())));
      } else {
        out.printf(
            "%s: good: %d policies, %d rules%n",
            file,
            policies.size(),
            policies.stream().mapToInt(policy -> policy.getRules().size()).sum());
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
