package io.tocsin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tokens for the API and the console: makes, lists, revokes. */
@Command(
    name = "token",
    description = {
      "Tokens for the API and the console. Reads and writes their topic itself, so that it also",
      "makes the first one, and works while no API does."
    },
    mixinStandardHelpOptions = true,
    subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
    footer = {
      "",
      "Examples:",
      "  tocsin token create --name kim --role admin --for 90d",
      "  tocsin token list",
      "  tocsin token revoke 5f0a93c2b1d4e687"
    })
final class TokenCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tocsin token create, list or revoke");
  }
}
