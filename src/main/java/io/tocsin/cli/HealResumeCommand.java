package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets healing go on after a pause. */
@Command(
    name = "resume",
    description = "Lets healing go on after a pause.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin heal resume"})
final class HealResumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HealWish wish;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, in words.")
  private String reason;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("/api/v1/heal/resume", Map.of("text", reason));
    spec.commandLine().getOut().println("resume: kept; tocsin heal status tells");
    return 0;
  }
}
