package io.tocsin.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes an incident, until a time: nobody is reminded meanwhile. */
@Command(
    name = "ack",
    description = "Takes an incident, until a time: nobody is reminded meanwhile.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin incidents ack 3f0c --for 1h --note \"on it\""})
final class IncidentsAckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WishOption wish;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      required = true,
      converter = SpanConverter.class,
      description = "How long you have it: 30m, 2h; at most 24h.")
  private Duration span;

  @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "Why, in words.")
  private String note;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("acknowledge", Map.of("forSeconds", span.toSeconds(), "text", note));
    spec.commandLine().getOut().println("ack: kept; tocsin incidents " + wish.id() + " tells");
    return 0;
  }
}
