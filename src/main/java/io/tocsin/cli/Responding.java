package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.RemoteResponder;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/** A responder in the foreground, stopped once by a signal, or by another one that takes over. */
final class Responding {

  /** Another responder has taken over. */
  static final int TAKEN_OVER = 16;

  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+):([0-9]{1,5})");
  private static final long LOOK_EVERY_MS = 200;

  private final Config config;
  private final String http;
  private final PrintWriter out;
  private volatile boolean stopping;
  private volatile boolean failed;

  Responding(Config config, String http, PrintWriter out) {
    this.config = config;
    this.http = http;
    this.out = out;
  }

  /** Makes what is missing. */
  int createTopics() throws CommandFailure, InterruptedException {
    return StagePlace.createTopics(config, "tocsin respond", TopicSizes.USUAL, out);
  }

  /** Runs until a signal ends the process, or another responder takes over. */
  int run() throws CommandFailure, InterruptedException {
    Cluster cluster = StagePlace.cluster(config, "tocsin respond");
    Path logs = StagePlace.logs(config);
    Logging.toFiles(logs);
    RemoteResponder responder = make(cluster);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(responder), "tocsin-stop"));
    try {
      work(responder, cluster, logs);
      return 0;
    } catch (CommandFailure failure) {
      failed = true;
      throw failure;
    }
  }

  private void work(RemoteResponder responder, Cluster cluster, Path logs)
      throws CommandFailure, InterruptedException {
    listen(responder);
    try {
      new Broker(cluster).check();
      responder.start();
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    } catch (KafkaException refused) {
      throw gaveUp("the responder did not start: " + refused.getMessage(), refused);
    }
    out.printf(
        "responder %d at %s, mode %s, %d actions; logs in %s; Ctrl-C stops%n",
        responder.epoch(),
        cluster.bootstrapServers(),
        config.healing().mode(),
        config.healing().actions().size(),
        logs);
    out.flush();
    while (responder.isRunning() || stopping) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
    if (responder.isFenced()) {
      throw new CommandFailure(
          TAKEN_OVER,
          "another responder has taken over; this one did nothing more and ends. There is one at a"
              + " time: set healing.separate: true where tocsin up runs too");
    }
    throw gaveUp(responder.trouble().orElse("the responder has ended"), null);
  }

  private static CommandFailure gaveUp(String why, Exception cause) {
    return new CommandFailure(ExitCode.PART_FAILED.status(), why + "; see logs/tocsin.log", cause);
  }

  private RemoteResponder make(Cluster cluster) throws CommandFailure {
    try {
      return new RemoteResponder(cluster, config, Clock.systemUTC());
    } catch (IllegalArgumentException | IOException bad) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "configuration: " + bad.getMessage(), bad);
    }
  }

  private void listen(RemoteResponder responder) throws CommandFailure {
    if (http == null) {
      return;
    }
    Matcher address = ADDRESS.matcher(http);
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      throw new CommandFailure(2, "--http: must be HOST:PORT, such as 127.0.0.1:18083");
    }
    try {
      responder.listen(address.group(1), Integer.parseInt(address.group(2)));
    } catch (JavalinBindException taken) {
      throw new CommandFailure(
          ExitCode.PORT_TAKEN.status(),
          "nothing can listen on %s: %s; give --http a free port of this machine"
              .formatted(http, String.valueOf(taken.getMessage()).lines().findFirst().orElse("")),
          taken);
    }
  }

  /** A stop that was asked for is no failure. */
  private void stop(RemoteResponder responder) {
    stopping = true;
    responder.close();
    if (!failed) {
      out.printf("stopped; %,.0f results%n", responder.count("tocsin.healing.results"));
      out.flush();
      Runtime.getRuntime().halt(0);
    }
  }
}
