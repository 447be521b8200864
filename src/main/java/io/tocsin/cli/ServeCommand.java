package io.tocsin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs API and console alone. */
@Command(
    name = "serve",
    description = {
      "Answers the HTTP API and the console from the topics of a Kafka cluster, at the port that",
      "ports.api names. Keeps nothing: any number of them may answer side by side."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the configuration cannot be used",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing",
      "8:the broker does not know it, or does not let it; see tocsin acls",
      "14:the port is taken"
    },
    footer = {"", "Examples:", "  tocsin serve --config serve.yaml   until Ctrl-C"})
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    return new Serving(options.load(), spec.commandLine().getOut()).untilStopped();
  }
}
