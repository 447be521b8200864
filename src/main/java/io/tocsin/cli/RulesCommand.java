package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rules: checks them, tests them, tries them on what was, makes them hold. */
@Command(
    name = "rules",
    description = "When to alert, and when that is over.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RulesCheckCommand.class,
      RulesTestCommand.class,
      RulesBacktestCommand.class,
      RulesFieldsCommand.class,
      RulesApplyCommand.class,
      RulesRemoveCommand.class,
      RulesListCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin rules check my-rules.yaml",
      "  tocsin rules test deploy/rules/tests --rules deploy/rules",
      "  tocsin rules backtest --from 2026-01-01T00:00:00Z --rules my-rules.yaml",
      "  tocsin rules apply my-rules.yaml"
    })
final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: tocsin rules check, test, backtest, fields, apply, remove or list");
  }
}
