package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.history.HistoryPlace;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.pipeline.RemoteServer;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.Actor;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * API and console alone, from start to stop. Apart from the command, because the agent knows the
 * command and has not what this needs.
 */
final class Serving {

  private final Config config;
  private final PrintWriter out;

  Serving(Config config, PrintWriter out) {
    this.config = config;
    this.out = out;
  }

  /** Serves until the process is told to stop. */
  int untilStopped() throws CommandFailure, InterruptedException {
    Cluster cluster = StagePlace.cluster(config, "tocsin serve");
    Logging.toFiles(StagePlace.logs(config));
    try {
      HistoryPlace history = HistoryPlaces.of(config);
      new Broker(cluster).check(Actor.SERVER);
      RemoteServer server = new RemoteServer(cluster, config, history, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "tocsin-stop"));
      server.start();
      HealthFile.tell(
          ServerTls.scheme(config.server().tls()), config.server().host(), config.ports().api());
      out.printf(
          "serving %s at %s://%s:%d/; Ctrl-C stops%n",
          cluster.bootstrapServers(),
          ServerTls.scheme(config.server().tls()),
          config.server().host(),
          config.ports().api());
      out.flush();
      return watch(server);
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
  private int watch(RemoteServer server) throws InterruptedException {
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

  private void stop(RemoteServer server) {
    server.close();
    out.println("stopped");
    out.flush();
    Runtime.getRuntime().halt(0);
  }
}
