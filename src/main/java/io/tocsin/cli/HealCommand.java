package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What people have to say about healing. */
@Command(
    name = "heal",
    description = "How healing stands, and what people have to say about it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      HealStatusCommand.class,
      HealPauseCommand.class,
      HealResumeCommand.class,
      HealApproveCommand.class,
      HealRejectCommand.class,
      HealPromoteCommand.class,
      HealAutonomyCommand.class,
      HealDeployedCommand.class,
      HealKeygenCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin heal status",
      "  tocsin heal pause --reason \"storage is being moved\"",
      "  tocsin heal approve PLAN",
      "  tocsin heal deployed shop --version 4.2"
    })
final class HealCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin heal status, tocsin heal pause, ...");
  }
}
