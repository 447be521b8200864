package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trusts an action again. */
@Command(
    name = "promote",
    description = "Trusts an action again that had lost trust: what it did before does not count.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin heal promote service-down/restart-web/container"})
final class HealPromoteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HealWish wish;

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      description = "RULE/ACTION/CLASS, as tocsin heal autonomy shows it.")
  private String key;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, in words.")
  private String reason;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("/api/v1/heal/promote", Map.of("key", key, "text", reason));
    spec.commandLine().getOut().println("promote: kept");
    return 0;
  }
}
