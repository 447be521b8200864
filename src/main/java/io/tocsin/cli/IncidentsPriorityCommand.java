package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives an incident another priority, which then stays. */
@Command(
    name = "priority",
    description = "Gives an incident another priority, which then stays.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin incidents priority 3f0c --to P1 --note \"customers call\""})
final class IncidentsPriorityCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WishOption wish;

  @Option(names = "--to", paramLabel = "P0..P3", required = true, description = "The priority.")
  private String priority;

  @Option(names = "--note", paramLabel = "TEXT", required = true, description = "Why, in words.")
  private String note;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("priority", Map.of("priority", priority, "text", note));
    spec.commandLine().getOut().println("priority: kept; tocsin incidents " + wish.id() + " tells");
    return 0;
  }
}
