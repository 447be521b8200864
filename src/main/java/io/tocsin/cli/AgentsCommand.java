package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keys with which agents show that a record is theirs. */
@Command(
    name = "agents",
    description = "Keys of agents, so that one cannot speak for another.",
    mixinStandardHelpOptions = true,
    subcommands = {AgentsKeygenCommand.class, AgentsEnrolCommand.class},
    footer = {
      "",
      "Examples:",
      "  tocsin agents keygen --out /etc/tocsin/fleet.secret",
      "  tocsin agents enrol --id web-1 --secret /etc/tocsin/fleet.secret --out web-1.key"
    })
final class AgentsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin agents keygen, tocsin agents enrol");
  }
}
