package io.tocsin.cli;

import io.tocsin.schemas.seal.FleetSecret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the fleet's secret. */
@Command(
    name = "keygen",
    description = {
      "Makes the fleet's secret, from which the keys of its agents are made. Readers check seals by",
      "it; no agent needs it, and none should have it."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "8:the file is there already", "11:the file cannot be written"},
    footer = {"", "Example:", "  tocsin agents keygen --out /etc/tocsin/fleet.secret"})
final class AgentsKeygenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where it is put; only its owner may read it.")
  private Path file;

  @Override
  public Integer call() throws CommandFailure {
    SealKeys.write(file, FleetSecret.make(new SecureRandom()));
    spec.commandLine()
        .getOut()
        .println("cluster: {seal: {mode: warn, secret: {file: " + file + "}}}   # whoever reads");
    return 0;
  }
}
