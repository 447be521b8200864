package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryPlace;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.pipeline.HistoryPrices;
import io.tocsin.pipeline.RemoteRecorder;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.Actor;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the recorder alone. */
@Command(
    name = "record",
    description = {
      "Writes what is on the topics of a Kafka cluster into history: QuestDB or InfluxDB, as",
      "history: in the configuration says. Makes tables or buckets with the times they are kept."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the configuration cannot be used",
      "4:the store does not answer, or refused the tables",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing",
      "8:the broker does not know it, or does not let it; see tocsin acls",
      "14:the port is taken, or there is no such address here",
      "15:the recorder gave up"
    },
    footer = {"", "Examples:", "  tocsin record --config record.yaml   until Ctrl-C"})
final class RecordCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private HttpOption http;

  private volatile boolean stopping;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = StagePlace.cluster(config, "tocsin record");
    Logging.toFiles(StagePlace.logs(config));
    try {
      HistoryPlace place = HistoryPlaces.of(config);
      RemoteRecorder recorder =
          new RemoteRecorder(
              cluster,
              place,
              HistoryPrices.of(config),
              config.history().maxSeries(),
              Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(recorder, out), "tocsin-stop"));
      StagePort.open(http.address(), config.server().tls(), recorder::listen);
      new Broker(cluster).check(Actor.RECORDER);
      recorder.start();
      out.printf("recording from %s into %s; Ctrl-C stops%n", cluster.bootstrapServers(), place);
      out.flush();
      watch(recorder, out);
      throw new CommandFailure(
          ExitCode.PART_FAILED.status(), "the recorder gave up; see logs/tocsin.log");
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    } catch (HistoryException refused) {
      throw new CommandFailure(CommandFailure.NOT_RUNNING, refused.getMessage(), refused);
    } catch (IllegalArgumentException badPrices) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, badPrices.getMessage(), badPrices);
    } catch (IOException noSecret) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, noSecret.getMessage(), noSecret);
    }
  }

  /** Says once when something is wrong, and once when it is not any more. */
  private void watch(RemoteRecorder recorder, PrintWriter out) throws InterruptedException {
    boolean wasWell = true;
    while (recorder.isRunning() || stopping) {
      Optional<String> trouble = recorder.trouble().or(recorder::warning);
      if (trouble.isPresent() == wasWell) {
        wasWell = trouble.isEmpty();
        out.println(Terminal.plain(trouble.orElse("everything is recorded again")));
        out.flush();
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private void stop(RemoteRecorder recorder, PrintWriter out) {
    stopping = true;
    recorder.close();
    out.printf(
        "stopped; %,.0f points stored, %,.0f refused%n",
        recorder.points("stored"), recorder.points("refused"));
    out.flush();
    Runtime.getRuntime().halt(0);
  }
}
