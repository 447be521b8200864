package io.tocsin.cli;

import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.config.Config;
import io.tocsin.pipeline.AgentSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the collectors alone, against a Kafka cluster elsewhere. */
@Command(
    name = "collect",
    description = "Measures this machine and what the file names, and sends it to a cluster.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user, or all was read once",
      "1:--once: something could not be read",
      "3:the configuration cannot be used",
      "11:the spool's directory cannot be used",
      "14:the port is taken, or there is no such address here"
    },
    footer = {
      "",
      "While the cluster is away, records wait in a spool on disk. SIGHUP reads the file again.",
      "",
      "Examples:",
      "  tocsin collect --once --print            what would be sent, as a table",
      "  tocsin collect --once --print --json",
      "  tocsin collect --config agent.yaml       until Ctrl-C; the file needs the key cluster"
    })
final class CollectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private HttpOption http;
  @Mixin private JsonOption json;

  @Option(names = "--once", description = "Read everything once, print it, and end.")
  private boolean once;

  @Option(names = "--print", description = "With --once: print instead of sending; the default.")
  private boolean print;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (print && !once) {
      throw new CommandFailure(2, "--print goes with --once: tocsin collect --once --print");
    }
    Config config = options.loadForAgent();
    PrintWriter out = spec.commandLine().getOut();
    AgentConfig agent = settings(config);
    return once
        ? new OneReading(agent, out).print(json.wanted())
        : new Collecting(options, http.address(), out).run(config, agent);
  }

  static AgentConfig settings(Config config) throws CommandFailure {
    try {
      return AgentSettings.alone(config, Clock.systemUTC());
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "configuration: " + refused.getMessage(), refused);
    }
  }
}
