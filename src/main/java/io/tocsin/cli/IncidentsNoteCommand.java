package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Adds a line to the timeline of an incident. */
@Command(
    name = "note",
    description = "Adds a line to the timeline of an incident.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin incidents note 3f0c --text \"disk is on its way\""})
final class IncidentsNoteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WishOption wish;

  @Option(names = "--text", paramLabel = "TEXT", required = true, description = "The line.")
  private String note;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("note", Map.of("text", note));
    spec.commandLine().getOut().println("note: kept; tocsin incidents " + wish.id() + " tells");
    return 0;
  }
}
