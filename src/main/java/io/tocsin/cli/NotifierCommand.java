package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.RemoteNotifier;
import io.tocsin.schemas.exchange.Turn;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.security.Actor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the notifier alone, against a Kafka cluster elsewhere. */
@Command(
    name = "notifier",
    description = {
      "Tells people what the alerting of a Kafka cluster wants them told, through the channels of",
      "notifications: in the configuration. One works at a time: the one that starts last; with",
      "--standby several may run, and when the one that works is gone the next one does."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the configuration cannot be used",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing",
      "8:the broker does not know it, or does not let it; see tocsin acls",
      "11:the log directory cannot be used",
      "14:the port is taken, or there is no such address here",
      "15:it did not start, or another notifier took over"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin notifier --config notifier.yaml             until Ctrl-C",
      "  tocsin notifier --config notifier.yaml --standby   on two machines"
    })
final class NotifierCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private HttpOption http;

  @Option(
      names = "--standby",
      description = {
        "Tell people only while no other notifier with --standby does; until then wait, and again",
        "when another one has taken over."
      })
  private boolean standby;

  private volatile Turn turn;
  private volatile boolean stopping;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = StagePlace.cluster(config, "tocsin notifier");
    Path logs = StagePlace.logs(config);
    Logging.toFiles(logs);
    RemoteNotifier notifier =
        new RemoteNotifier(cluster, config.notifications(), standby, Clock.systemUTC());
    StagePort.open(http.address(), config.server().tls(), notifier::listen);
    try {
      new Broker(cluster).check(Actor.NOTIFIER);
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(notifier, out), "tocsin-stop"));
    String working =
        "notifier with %d channel(s) at %s; logs in %s; Ctrl-C stops"
            .formatted(config.notifications().channels().size(), cluster.bootstrapServers(), logs);
    if (!standby) {
      work(notifier, working, out);
      throw new CommandFailure(
          ExitCode.PART_FAILED.status(),
          "the notifier has ended: another one has taken over, or see logs/tocsin.log");
    }
    turn = Turn.of(cluster, "notifier", Topics.NOTIFICATIONS);
    while (true) {
      say(out, "standing by at " + cluster.bootstrapServers() + "; logs in " + logs);
      while (!turn.await(LOOK)) {
        // until it is
      }
      work(notifier, working, out);
      say(out, "another notifier has taken over, or see logs/tocsin.log");
      notifier.rest();
      // If there is another one it has the turn, or soon will.
      TimeUnit.MILLISECONDS.sleep(Turn.SILENT_FOR.toMillis());
    }
  }

  /** Works until it is told to stop, or another one has taken over. */
  private void work(RemoteNotifier notifier, String working, PrintWriter out)
      throws CommandFailure, InterruptedException {
    start(notifier);
    say(out, working);
    while (notifier.isRunning() || stopping) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
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
    if (turn != null) {
      turn.close(); // so that the next one need not wait until this one counts as gone
    }
    if (asked) {
      say(
          out,
          "stopped; "
              + (open == 0 ? "nothing is left to send" : open + " left for the next start"));
      Runtime.getRuntime().halt(0);
    }
  }
}
