package io.tocsin.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.NotifierStage;
import io.tocsin.schemas.exchange.Turn;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
      "11:the log directory cannot be used",
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

  @Option(
      names = "--standby",
      description = {
        "Tell people only while no other notifier with --standby does; until then wait, and again",
        "when another one has taken over."
      })
  private boolean standby;

  private final AtomicReference<NotifierStage> working = new AtomicReference<>();
  private volatile Turn turn;
  private volatile boolean stopping;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = StagePlace.cluster(config, "tocsin notifier");
    Path logs = StagePlace.logs(config);
    Logging.toFiles(logs);
    try {
      new Broker(cluster).check();
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(out), "tocsin-stop"));
    if (!standby) {
      work(config, cluster, logs, out);
      throw new CommandFailure(
          ExitCode.PART_FAILED.status(),
          "the notifier has ended: another one has taken over, or see logs/tocsin.log");
    }
    turn = Turn.of(cluster, "notifier", Topics.NOTIFICATIONS);
    while (true) {
      out.printf("standing by at %s; logs in %s%n", cluster.bootstrapServers(), logs);
      out.flush();
      while (!turn.await(LOOK)) {
        // until it is
      }
      work(config, cluster, logs, out);
      out.println("another notifier has taken over, or see logs/tocsin.log");
      working.getAndSet(null).close();
      // If there is another one it has the turn, or soon will.
      TimeUnit.MILLISECONDS.sleep(Turn.SILENT_FOR.toMillis());
    }
  }

  /** Works until it is told to stop, or another one has taken over. */
  private void work(Config config, Cluster cluster, Path logs, PrintWriter out)
      throws CommandFailure, InterruptedException {
    NotifierStage notifier = start(config, cluster);
    working.set(notifier);
    out.printf(
        "notifier with %d channel(s) at %s; logs in %s; Ctrl-C stops%n",
        config.notifications().channels().size(), cluster.bootstrapServers(), logs);
    out.flush();
    while (notifier.isRunning() || stopping) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static NotifierStage start(Config config, Cluster cluster) throws CommandFailure {
    try {
      return NotifierStage.start(
          cluster, config.notifications(), Clock.systemUTC(), new SimpleMeterRegistry());
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    } catch (KafkaException away) {
      throw new CommandFailure(
          ExitCode.PART_FAILED.status(),
          "the notifier did not start: " + away.getMessage() + "; see logs/tocsin.log",
          away);
    }
  }

  private void stop(PrintWriter out) {
    NotifierStage notifier = working.get();
    boolean asked = notifier != null && notifier.isRunning();
    stopping = asked;
    int open = notifier == null ? 0 : notifier.open();
    if (notifier != null) {
      notifier.close();
    }
    if (turn != null) {
      turn.close(); // so that the next one need not wait until this one counts as gone
    }
    if (asked) {
      out.println(
          "stopped; "
              + (open == 0 ? "nothing is left to send" : open + " left for the next start"));
      out.flush();
      Runtime.getRuntime().halt(0);
    }
  }
}
