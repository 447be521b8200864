package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says that an incident is over, whatever its signals say. */
@Command(
    name = "resolve",
    description = "Says that an incident is over, whatever its signals say.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin incidents resolve 3f0c --note \"was a test\""})
final class IncidentsResolveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WishOption wish;

  @Option(names = "--note", paramLabel = "TEXT", required = true, description = "Why, in words.")
  private String note;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("resolve", Map.of("text", note));
    spec.commandLine().getOut().println("resolve: kept; tocsin incidents " + wish.id() + " tells");
    return 0;
  }
}
