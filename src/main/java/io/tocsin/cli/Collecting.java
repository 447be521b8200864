package io.tocsin.cli;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.collectors.spool.SpoolException;
import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.RemoteAgent;
import io.tocsin.pipeline.ResidentMemory;
import io.tocsin.pipeline.TlsListener;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.stage.AgentServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** An agent in the foreground: started, reloaded on SIGHUP, stopped once by a signal. */
final class Collecting {

  private static final long STARTED_WITHIN_S = 5;

  private final ConfigOption options;
  private final Optional<HttpOption.Address> http;
  private final PrintWriter out;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Semaphore hangups = new Semaphore(0);
  private final boolean terminal = System.console() != null;
  private String refused = "";

  Collecting(ConfigOption options, Optional<HttpOption.Address> http, PrintWriter out) {
    this.options = options;
    this.http = http;
    this.out = out;
  }

  /** Runs until a signal ends the process. */
  int run(Config config, AgentConfig agent) throws CommandFailure, InterruptedException {
    Cluster cluster = cluster(config);
    Path logs = logs(config);
    Logging.ofAgent(logs);
    Optional<String> trouble = TlsListener.trouble(cluster);
    if (trouble.isPresent()) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, trouble.get());
    }
    RemoteAgent running = make(cluster, agent, SealKeys.sealer(config.agent().seal(), agent));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "tocsin-stop"));
    boolean reloads = Hangup.calls(hangups::release);
    listen(running);
    running.start();
    out.printf(
        "collecting as %s: %d collectors, to %s; logs in %s; Ctrl-C stops%n",
        agent.agentId(), agent.collectors().size(), cluster.bootstrapServers(), logs);
    if (!reloads) {
      out.println(
          "SIGHUP is ignored here, as under nohup: the file is read again at a restart only");
    }
    out.flush();
    TimeUnit.SECONDS.sleep(STARTED_WITHIN_S);
    // What only the start needed, the configuration's checks above all, goes back to the machine.
    System.gc();
    AgentConfig current = agent;
    while (true) {
      if (hangups.tryAcquire(1, TimeUnit.SECONDS)) {
        hangups.drainPermits();
        current = reload(running, current);
      }
      tell(running.refusal());
      status(running);
    }
  }

  /** Says once that the broker refuses what it is sent, and once that it does no more. */
  private void tell(Optional<RefusedException> refusal) {
    String reason = refusal.map(RefusedException::reason).orElse("");
    if (!reason.equals(refused)) {
      refused = reason;
      say(
          refusal
              .map(why -> why.getMessage() + ". Measuring goes on, into the spool")
              .orElse("the broker takes what it is sent again"));
    }
  }

  private static Cluster cluster(Config config) throws CommandFailure {
    Config.Cluster cluster = config.cluster();
    if (cluster == null) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "configuration: cluster: is missing; tocsin collect sends to a cluster: write"
              + " cluster: {bootstrap-servers: \"host:9092\", registry: \"http://host:8081\"},"
              + " or look at one reading with --once");
    }
    return cluster.address();
  }

  private static Path logs(Config config) throws CommandFailure {
    Path logs = config.dataDir().resolve("agent/logs").toAbsolutePath().normalize();
    try {
      return Files.createDirectories(logs);
    } catch (IOException unusable) {
      throw unusable("the log directory " + logs + " cannot be made: " + unusable, unusable);
    }
  }

  private RemoteAgent make(Cluster cluster, AgentConfig agent, Sealer sealer)
      throws CommandFailure {
    try {
      return new RemoteAgent(cluster, agent, sealer, Clock.systemUTC(), meters);
    } catch (SpoolException refused) {
      throw unusable(refused.getMessage(), refused);
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "configuration: " + refused.getMessage(), refused);
    }
  }

  /** Stays open until the process ends, as the agent does. */
  private void listen(RemoteAgent running) throws CommandFailure {
    if (http.isEmpty()) {
      return;
    }
    HttpOption.Address address = http.get();
    try {
      AgentServer server = new AgentServer(running::collectors, running::failing);
      HealthFile.tell("http", address.host(), server.start(address.host(), address.port()));
    } catch (IOException taken) {
      throw address.taken(taken);
    }
  }

  private static CommandFailure unusable(String lines, Exception cause) {
    return new CommandFailure(ExitCode.DATA_DIRECTORY_UNUSABLE.status(), lines, cause);
  }

  /** A file that cannot be used changes nothing; the collectors that run are worth more. */
  private AgentConfig reload(RemoteAgent running, AgentConfig before) {
    try {
      AgentConfig after = CollectCommand.settings(options.loadForAgent());
      running.reload(after.collectors());
      say("reloaded: " + after.collectors().size() + " collectors");
      if (!before.spool().equals(after.spool()) || !before.policies().equals(after.policies())) {
        say("changes of agent.spool and agent.limits hold from the next start");
      }
      return after;
    } catch (CommandFailure | IllegalArgumentException refused) {
      say("not reloaded, everything goes on as before: " + refused.getMessage());
      return before;
    }
  }

  private void say(String line) {
    LoggerFactory.getLogger(Collecting.class).info(line);
    out.println(terminal ? "\r\033[K" + line : line);
    out.flush();
  }

  private void status(RemoteAgent running) {
    if (terminal) {
      List<String> failing = running.failing();
      out.printf(
          "\r\033[K%,.0f sent · %,.0f waiting in the spool, the oldest for %.0f s · %s",
          sum("tocsin.collectors.sent"),
          gauge("tocsin.collectors.spool.records"),
          gauge("tocsin.collectors.spool.oldest"),
          failing.isEmpty() ? "all collectors read" : "cannot read " + String.join(", ", failing));
      out.flush();
    }
  }

  private void stop(RemoteAgent running) {
    long resident = ResidentMemory.bytes();
    running.close();
    say(
        "stopped; %.0f sent, %.0f left in the spool, %.0f dropped; %s in memory before"
            .formatted(
                sum("tocsin.collectors.sent"),
                gauge("tocsin.collectors.spool.records"),
                sum("tocsin.collectors.dropped"),
                Terminal.megabytes(resident)));
    Runtime.getRuntime().halt(0); // a stop that was asked for is no failure
  }

  private double sum(String counter) {
    return meters.find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  private double gauge(String name) {
    Gauge gauge = meters.find(name).gauge();
    return gauge == null ? 0 : gauge.value();
  }
}
