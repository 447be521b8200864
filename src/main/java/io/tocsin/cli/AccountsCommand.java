package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Accounts at the brokers. */
@Command(
    name = "accounts",
    description = "Accounts of stages and agents at the brokers, by SCRAM-SHA-512.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AccountsCreateCommand.class,
      AccountsRemoveCommand.class,
      AccountsListCommand.class
    })
final class AccountsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: create, remove or list");
  }
}
