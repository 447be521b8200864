package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.RemoteResponder;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.exchange.Turn;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.security.Actor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A responder in the foreground, stopped once by a signal, or by another one that takes over. */
final class Responding {

  /** Another responder has taken over. */
  static final int TAKEN_OVER = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Responding.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long LOOK_EVERY_MS = 200;

  private final Config config;
  private final boolean standby;
  private final Optional<HttpOption.Address> http;
  private final PrintWriter out;
  private volatile Turn turn;
  private volatile boolean stopping;
  private volatile boolean failed;

  /**
   * One that has not begun.
   *
   * @param standby whether it waits for its turn
   * @param http where it answers
   */
  Responding(Config config, boolean standby, Optional<HttpOption.Address> http, PrintWriter out) {
    this.config = config;
    this.standby = standby;
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
    StagePort.open(http, config.server().tls(), responder::listen);
    try {
      new Broker(cluster).check(Actor.RESPONDER);
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    }
    if (standby) {
      turn = Turn.of(cluster, "responder", Topics.HEAL_PLANS);
      takeTurns(responder, cluster, logs);
    }
    try {
      act(responder, cluster, logs);
    } catch (KafkaException refused) {
      throw gaveUp("the responder did not start: " + refused.getMessage(), refused);
    }
    throw new CommandFailure(
        TAKEN_OVER,
        "another responder has taken over; this one did nothing more and ends. There is one at a"
            + " time: set healing.separate: true where tocsin up runs too, or start each with"
            + " --standby");
  }

  /** Acts whenever nobody else does. */
  private void takeTurns(RemoteResponder responder, Cluster cluster, Path logs)
      throws CommandFailure, InterruptedException {
    while (true) {
      say("standing by at " + cluster.bootstrapServers() + "; logs in " + logs);
      while (!turn.await(LOOK)) {
        // until it is
      }
      try {
        act(responder, cluster, logs);
        say("another responder has taken over");
        // It has the turn, or soon will.
        TimeUnit.MILLISECONDS.sleep(Turn.SILENT_FOR.toMillis());
      } catch (KafkaException away) {
        // Whoever has the turn after a broker was lost has to wait for the others.
        LOG.warn("the responder did not start; trying again", away);
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
      responder.rest();
    }
  }

  /** Acts until another one has taken over. */
  private void act(RemoteResponder responder, Cluster cluster, Path logs)
      throws CommandFailure, InterruptedException {
    responder.start();
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
    if (!responder.isFenced()) {
      throw gaveUp(responder.trouble().orElse("the responder has ended"), null);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static CommandFailure gaveUp(String why, Exception cause) {
    return new CommandFailure(ExitCode.PART_FAILED.status(), why + "; see logs/tocsin.log", cause);
  }

  private RemoteResponder make(Cluster cluster) throws CommandFailure {
    try {
      return new RemoteResponder(cluster, config, standby, Clock.systemUTC());
    } catch (IllegalArgumentException | IOException bad) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "configuration: " + bad.getMessage(), bad);
    }
  }

  /** A stop that was asked for is no failure. */
  private void stop(RemoteResponder responder) {
    stopping = true;
    responder.close();
    if (turn != null) {
      turn.close();
    }
    if (!failed) {
      out.printf("stopped; %,.0f results%n", responder.count("tocsin.healing.results"));
      out.flush();
      Runtime.getRuntime().halt(0);
    }
  }
}
