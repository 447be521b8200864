package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Agrees to a plan that waits for a person. */
@Command(
    name = "approve",
    description = "Agrees to a plan that waits for a person; all guards judge it once more.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin heal approve 1f3a90"})
final class HealApproveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HealWish wish;

  @Parameters(index = "0", paramLabel = "PLAN", description = "Id of the plan.")
  private String plan;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, in words.")
  private String reason;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("/api/v1/heal/plans/" + HealWish.plan(plan) + "/approve", Map.of("text", reason));
    spec.commandLine()
        .getOut()
        .println("approve: kept; tocsin audit list --plan " + plan + " tells");
    return 0;
  }
}
