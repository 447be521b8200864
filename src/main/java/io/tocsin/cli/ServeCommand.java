package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.history.HistoryPlace;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.pipeline.RemoteServer;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
      "14:the port is taken"
    },
    footer = {"", "Examples:", "  tocsin serve --config serve.yaml   until Ctrl-C"})
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = StagePlace.cluster(config, "tocsin serve");
    Logging.toFiles(StagePlace.logs(config));
    try {
      HistoryPlace history = HistoryPlaces.of(config);
      new Broker(cluster).check();
      RemoteServer server = new RemoteServer(cluster, config, history, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, out), "tocsin-stop"));
      server.start();
      out.printf(
          "serving %s at http://127.0.0.1:%d/; Ctrl-C stops%n",
          cluster.bootstrapServers(), config.ports().api());
      out.flush();
      return watch(server, out);
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    } catch (JavalinBindException taken) {
      throw new CommandFailure(
          ExitCode.PORT_TAKEN.status(),
          "port " + config.ports().api() + " cannot be had; choose another as ports.api",
          taken);
    } catch (IllegalArgumentException | IOException unusable) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, unusable.getMessage(), unusable);
    }
  }

  /** Says once when it knows all, and once when it no longer does. */
  private static int watch(RemoteServer server, PrintWriter out) throws InterruptedException {
    boolean was = false;
    while (true) {
      boolean is = server.readiness().ready();
      if (is != was) {
        was = is;
        out.println(is ? "ready" : "behind the topics; see logs/tocsin.log");
        out.flush();
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static void stop(RemoteServer server, PrintWriter out) {
    server.close();
    out.println("stopped");
    out.flush();
    Runtime.getRuntime().halt(0);
  }
}
