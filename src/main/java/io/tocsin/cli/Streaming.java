package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.RemoteStreams;
import io.tocsin.pipeline.ResidentMemory;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.Actor;
import io.tocsin.streams.topology.InstanceState;
import io.tocsin.streams.topology.StreamsFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** An instance of the streams in the foreground, stopped once by a signal. */
final class Streaming {

  private static final long POLL_MS = 100;

  private final Config config;
  private final PrintWriter out;
  private final boolean terminal = System.console() != null;
  private volatile boolean stopping;
  private volatile boolean failed;

  Streaming(Config config, PrintWriter out) {
    this.config = config;
    this.out = out;
  }

  /** Makes what is missing. */
  int createTopics(TopicSizes sizes) throws CommandFailure, InterruptedException {
    return StagePlace.createTopics(config, "tocsin streams", sizes, out);
  }

  /** Runs until a signal ends the process, or the streams give up. */
  int run() throws CommandFailure, InterruptedException {
    Cluster cluster = StagePlace.cluster(config, "tocsin streams");
    Path logs = StagePlace.logs(config);
    Logging.toFiles(logs);
    RemoteStreams streams = make(cluster);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(streams), "tocsin-stop"));
    try {
      work(streams, cluster, logs);
      return 0;
    } catch (CommandFailure failure) {
      failed = true;
      throw failure;
    }
  }

  private void work(RemoteStreams streams, Cluster cluster, Path logs)
      throws CommandFailure, InterruptedException {
    listen(streams);
    try {
      new Broker(cluster).check(Actor.STREAMS);
      streams.start();
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    } catch (StreamsFailure refused) {
      throw gaveUp(refused);
    }
    out.printf(
        "streams as %s at %s, answers at %s://%s/; logs in %s; Ctrl-C stops%n",
        streams.id(),
        cluster.bootstrapServers(),
        ServerTls.scheme(config.streams().http().tls()),
        config.streams().http().address(),
        logs);
    out.flush();
    awaitRunning(streams);
    while (streams.failure().isEmpty()) {
      status(streams);
      TimeUnit.SECONDS.sleep(1);
    }
    throw gaveUp(streams.failure().get());
  }

  /** However long it takes to read a large state; readiness and the status line say so. */
  private void awaitRunning(RemoteStreams streams) throws CommandFailure, InterruptedException {
    long begun = System.nanoTime();
    while (!streams.instance().running()) {
      if (streams.failure().isPresent()) {
        throw gaveUp(streams.failure().get());
      }
      status(streams);
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    InstanceState now = streams.instance();
    say(
        "running after %.1f s: tasks %s, standbys %s"
            .formatted((System.nanoTime() - begun) / 1e9, list(now.active()), list(now.standby())));
  }

  private static String list(List<String> tasks) {
    return tasks.isEmpty() ? "none" : String.join(" ", tasks);
  }

  private RemoteStreams make(Cluster cluster) throws CommandFailure {
    Path state = RemoteStreams.stateDir(config);
    try {
      Files.createDirectories(state);
      Files.delete(Files.createTempFile(state, ".probe", null));
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.DATA_DIRECTORY_UNUSABLE.status(),
          "the state directory "
              + state
              + " cannot be used: "
              + unusable
              + "; make it writable, or set streams.state-dir",
          unusable);
    }
    try {
      return new RemoteStreams(cluster, config, Clock.systemUTC());
    } catch (IllegalArgumentException unusable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "streams.http." + unusable.getMessage(), unusable);
    } catch (StreamsFailure inUse) {
      throw new CommandFailure(
          ExitCode.ALREADY_RUNNING.status(),
          "the state directory "
              + state
              + " is in use by another instance; stop that one, or give this one an instance-id and"
              + " a state-dir of its own",
          inUse);
    }
  }

  private void listen(RemoteStreams streams) throws CommandFailure {
    try {
      streams.listen();
      HealthFile.tell(
          ServerTls.scheme(config.streams().http().tls()),
          config.streams().http().host(),
          config.streams().http().port());
    } catch (JavalinBindException taken) {
      throw new CommandFailure(
          ExitCode.PORT_TAKEN.status(),
          "nothing can listen on %s: %s; set streams.http to a free port of this machine"
              .formatted(
                  config.streams().http().address(),
                  String.valueOf(taken.getMessage()).lines().findFirst().orElse("")),
          taken);
    }
  }

  private static CommandFailure gaveUp(StreamsFailure failure) {
    return new CommandFailure(
        ExitCode.PART_FAILED.status(), failure.getMessage() + "; see logs/streams.log", failure);
  }

  private void say(String line) {
    out.println(terminal ? "\r\033[K" + line : line);
    out.flush();
  }

  private void status(RemoteStreams streams) {
    if (terminal && !stopping) {
      InstanceState now = streams.instance();
      out.printf(
          "\r"
              + "\033[K%s · %d tasks, %d standbys · %,.0f samples, %,.0f windows, %,.0f refused ·"
              + " %s · %s",
          now.state().toLowerCase(Locale.ROOT).replace('_', ' '),
          now.active().size(),
          now.standby().size(),
          streams.count("tocsin.streams.samples"),
          streams.count("tocsin.streams.windows"),
          streams.count("tocsin.streams.refused"),
          now.lag() < 0 ? "lag not known yet" : "%,d behind".formatted(now.lag()),
          Terminal.megabytes(ResidentMemory.bytes()));
      out.flush();
    }
  }

  /** A stop that was asked for is no failure. */
  private void stop(RemoteStreams streams) {
    stopping = true;
    long resident = ResidentMemory.bytes();
    streams.close();
    if (!failed) {
      say(
          "stopped; %,.0f samples, %,.0f windows, %,.0f refused; %s in memory before"
              .formatted(
                  streams.count("tocsin.streams.samples"),
                  streams.count("tocsin.streams.windows"),
                  streams.count("tocsin.streams.refused"),
                  Terminal.megabytes(resident)));
      Runtime.getRuntime().halt(0);
    }
  }
}
