package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Silences: no pages for what they match, for a time and a reason. */
@Command(
    name = "silences",
    description = "No pages for what they match, for a time and a reason; incidents are kept.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SilencesAddCommand.class,
      SilencesListCommand.class,
      SilencesRemoveCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin silences add service=shop --for 2h --reason \"release 4.2\" --preview",
      "  tocsin silences list",
      "  tocsin silences remove s-3f0c"
    })
final class SilencesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin silences add, list or remove");
  }
}
