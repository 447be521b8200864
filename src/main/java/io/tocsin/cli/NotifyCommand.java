package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Notifications: tries a channel, shows messages and routes, lists deliveries. */
@Command(
    name = "notify",
    description = "Who is told, through which channel, in which words, and what became of it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      NotifyTestCommand.class,
      NotifyRenderCommand.class,
      NotifyRouteCommand.class,
      NotifyDeliveriesCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin notify test pager -c my.yaml",
      "  tocsin notify render -c my.yaml",
      "  tocsin notify route --priority P1 --service shop -c my.yaml",
      "  tocsin notify deliveries --state failed-temporary"
    })
final class NotifyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin notify test, render, route or deliveries");
  }
}
