package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.RemoteNotifier;
import io.tocsin.schemas.topic.Cluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the notifier alone, against a Kafka cluster elsewhere. */
@Command(
    name = "notifier",
    description = {
      "Tells people what the alerting of a Kafka cluster wants them told, through the channels of",
      "notifications: in the configuration. One works at a time: the one that starts last."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the configuration cannot be used",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing",
      "11:the log directory cannot be used",
      "14:the port is taken, or there is no such address here",
      "15:it did not start, or another notifier took over"
    },
    footer = {"", "Example:", "  tocsin notifier --config notifier.yaml   until Ctrl-C"})
final class NotifierCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private HttpOption http;

  private volatile boolean stopping;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = StagePlace.cluster(config, "tocsin notifier");
    Path logs = StagePlace.logs(config);
    Logging.toFiles(logs);
    RemoteNotifier notifier =
        new RemoteNotifier(cluster, config.notifications(), Clock.systemUTC());
    StagePort.open(http.address(), notifier::listen);
    try {
      new Broker(cluster).check();
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    }
    start(notifier);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(notifier, out), "tocsin-stop"));
    out.printf(
        "notifier with %d channel(s) at %s; logs in %s; Ctrl-C stops%n",
        config.notifications().channels().size(), cluster.bootstrapServers(), logs);
    out.flush();
    while (notifier.isRunning() || stopping) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new CommandFailure(
        ExitCode.PART_FAILED.status(),
        "the notifier has ended: another one has taken over, or see logs/tocsin.log");
  }

  private static void start(RemoteNotifier notifier) throws CommandFailure {
    try {
      notifier.start();
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    } catch (KafkaException away) {
      throw new CommandFailure(
          ExitCode.PART_FAILED.status(),
          "the notifier did not start: " + away.getMessage() + "; see logs/tocsin.log",
          away);
    }
  }

  private void stop(RemoteNotifier notifier, PrintWriter out) {
    boolean asked = notifier.isRunning();
    stopping = asked;
    int open = notifier.open();
    notifier.close();
    if (asked) {
      out.println(
          "stopped; "
              + (open == 0 ? "nothing is left to send" : open + " left for the next start"));
      out.flush();
      Runtime.getRuntime().halt(0);
    }
  }
}
