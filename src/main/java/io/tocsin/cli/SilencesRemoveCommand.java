package io.tocsin.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a silence back. */
@Command(
    name = "remove",
    description = "Takes a silence back.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:there is no such silence"},
    footer = {"", "Example:", "  tocsin silences remove s-3f0c"})
final class SilencesRemoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ApiOption api;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  @Parameters(paramLabel = "ID", description = "Id of the silence.")
  private String id;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (!id.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new CommandFailure(2, "not an id: it has letters, digits, - and _ only");
    }
    String who = api.by(by);
    String query = who == null ? "" : "?by=" + URLEncoder.encode(who, StandardCharsets.UTF_8);
    api.send("DELETE", "/api/v1/silences/" + id + query, null);
    spec.commandLine().getOut().println("silence " + id + " ends");
    return 0;
  }
}
