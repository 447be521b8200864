package io.tocsin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells that a service has got another version. */
@Command(
    name = "deployed",
    description =
        "Tells that a service has got another version, so that a roll-back may be tried for a while.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the wish is kept", "4:no answer", "8:the wish is refused"},
    footer = {"", "Example:", "  tocsin heal deployed shop --version 4.2"})
final class HealDeployedCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  // The standard options have a --version of their own.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Mixin private HealWish wish;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service.")
  private String service;

  @Option(names = "--version", paramLabel = "V", required = true, description = "Which one.")
  private String version;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    wish.send("/api/v1/deployments", Map.of("service", service, "version", version));
    spec.commandLine().getOut().println("deployed: kept");
    return 0;
  }
}
