package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Container policies: checks a file, applies it, lists what is there. */
@Command(
    name = "policies",
    description = "What may be done to containers and images.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PoliciesCheckCommand.class,
      PoliciesApplyCommand.class,
      PoliciesListCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin policies check deploy/policies/default.yaml",
      "  tocsin policies apply deploy/policies/default.yaml",
      "  tocsin policies list --json"
    })
final class PoliciesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin policies check, apply or list");
  }
}
