package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops healing. */
@Command(
    name = "pause",
    description = "Stops healing: nothing is begun any more until somebody resumes it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin heal pause --reason \"storage is being moved\""})
final class HealPauseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HealWish wish;

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("/api/v1/heal/pause", Map.of("text", reason));
    spec.commandLine().getOut().println("pause: kept; tocsin heal status tells");
    return 0;
  }
}
