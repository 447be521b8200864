package io.tocsin.cli;

import io.tocsin.schemas.seal.AgentKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the key of one agent. */
@Command(
    name = "enrol",
    description = {
      "Makes the key of one agent from the fleet's secret: the same secret and id give the same key.",
      "Take it to the agent's machine, and the secret nowhere."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:made",
      "2:the id is none",
      "3:the secret cannot be read",
      "8:the file is there already",
      "11:the file cannot be written"
    },
    footer = {
      "",
      "Example:",
      "  tocsin agents enrol --id web-1 --secret /etc/tocsin/fleet.secret --out web-1.key"
    })
final class AgentsEnrolCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--id",
      required = true,
      paramLabel = "AGENT",
      description = "agent.id of the agent, or its machine's name.")
  private String id;

  @Option(
      names = "--secret",
      required = true,
      paramLabel = "FILE",
      description = "The fleet's secret, from tocsin agents keygen.")
  private Path secret;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the key is put; only its owner may read it.")
  private Path file;

  @Override
  public Integer call() throws CommandFailure {
    AgentKey key;
    try {
      key = SealKeys.fleet(secret).keyOf(id);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), "--id: " + refused.getMessage(), refused);
    }
    SealKeys.write(file, key.text());
    spec.commandLine()
        .getOut()
        .println("agent: {id: " + id + ", seal: {file: " + file + "}}   # on its machine");
    return 0;
  }
}
