package io.tocsin.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the responder alone, against a Kafka cluster elsewhere. */
@Command(
    name = "respond",
    description = {
      "Carries heal plans out at a cluster, in a process and under a user of its own. There is one",
      "at a time: one that starts takes over, and the one before ends. With --standby several may",
      "run: one acts, and when it is gone the next one does."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user, or topics and schemas are there",
      "3:the configuration or a key cannot be used",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing, or were refused",
      "8:the broker does not know it, or does not let it; see tocsin acls",
      "11:the log directory cannot be used",
      "14:the port is taken, or there is no such address here",
      "15:the responder did not start, or gave up",
      "16:another responder has taken over"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin respond --config respond.yaml --create-topics   once per cluster",
      "  tocsin respond --config respond.yaml                   until Ctrl-C",
      "  tocsin respond --config respond.yaml --http 127.0.0.1:18083",
      "  tocsin respond --config respond.yaml --standby         on two machines"
    })
final class RespondCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private HttpOption http;

  @Option(
      names = "--create-topics",
      description = "Make the topics that are missing, register the schemas, and end.")
  private boolean createTopics;

  @Option(
      names = "--standby",
      description = {
        "Act only while no other responder with --standby does; until then wait, and again when",
        "another one has taken over."
      })
  private boolean standby;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Responding responding = new Responding(options.load(), standby, http.address(), out);
    return createTopics ? responding.createTopics() : responding.run();
  }
}
