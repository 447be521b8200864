package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives an incident back. */
@Command(
    name = "release",
    description = "Gives an incident back.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin incidents release 3f0c"})
final class IncidentsReleaseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WishOption wish;

  @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "Why, in words.")
  private String note;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("release", Map.of("text", note));
    spec.commandLine().getOut().println("release: kept; tocsin incidents " + wish.id() + " tells");
    return 0;
  }
}
