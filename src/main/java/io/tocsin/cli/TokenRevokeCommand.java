package io.tocsin.cli;

import io.tocsin.schemas.AccessToken;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a token back. */
@Command(
    name = "revoke",
    description = {
      "Takes back a token, and signs out the browsers that signed in with it; or a session.",
      "Every running instance of the API refuses it within a second."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it holds no more", "4:no answer", "8:there is no such token"},
    footer = {"", "Example:", "  tocsin token revoke 5f0a93c2b1d4e687"})
final class TokenRevokeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TokenTopic topic;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are, for the audit (default: ${DEFAULT-VALUE}).")
  private String by;

  @Parameters(paramLabel = "ID", description = "Id of the token, as tocsin token list shows it.")
  private String id;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    AccessToken gone =
        topic.with(
            (tokens, desk) -> {
              AccessToken token =
                  tokens
                      .get(id)
                      .orElseThrow(
                          () ->
                              new CommandFailure(
                                  CommandFailure.REFUSED,
                                  "there is no token "
                                      + Terminal.plain(id)
                                      + "; tocsin token list tells them"));
              desk.revoke(token, by);
              return token;
            });
    spec.commandLine()
        .getOut()
        .println(gone.getId() + " of " + Terminal.plain(gone.getName()) + " holds no more");
    return 0;
  }
}
