package io.tocsin.cli;

import io.tocsin.schemas.exchange.TopicSizes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the streams alone, against a Kafka cluster elsewhere. */
@Command(
    name = "streams",
    description =
        "Computes windows and bottlenecks at a cluster; several instances share the work.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user, or topics and schemas are there",
      "3:the configuration cannot be used",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing, or were refused",
      "8:the broker does not know it, or does not let it; see tocsin acls",
      "11:the state or log directory cannot be used",
      "12:the state directory is in use by another instance",
      "14:the port is taken, or there is no such address here",
      "15:the streams did not start, or gave up"
    },
    footer = {
      "",
      "An instance answers at streams.http: /state/<resource>, /instance, /topology, /metrics,",
      "/health/live and /health/ready. Each needs an instance-id and a state-dir of its own.",
      "",
      "Examples:",
      "  tocsin streams --config streams.yaml --create-topics   once per cluster",
      "  tocsin streams --config streams.yaml                   until Ctrl-C",
      "  curl http://127.0.0.1:18082/state/host/web-1"
    })
final class StreamsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Option(
      names = "--create-topics",
      description = "Make the topics that are missing, register the schemas, and end.")
  private boolean createTopics;

  @Option(
      names = "--partitions",
      paramLabel = "NUMBER",
      description = {
        "With --create-topics: of each topic of what is measured; tocsin plan says how many.",
        "Default: 4. Later changes would move keys from one to another."
      })
  private int partitions;

  @Option(
      names = "--retention",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description = "With --create-topics: how long those keep what is measured. Default: 1d.")
  private Duration retention;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Streaming streaming = new Streaming(options.load(), out);
    if (!createTopics && (partitions != 0 || retention != null)) {
      throw new ParameterException(
          spec.commandLine(), "--partitions and --retention are for --create-topics alone");
    }
    return createTopics ? streaming.createTopics(sizes()) : streaming.run();
  }

  private TopicSizes sizes() {
    try {
      return new TopicSizes(partitions, retention);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--" + wrong.getMessage());
    }
  }
}
