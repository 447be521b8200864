package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.ApplicationJars;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.DataLock;
import io.tocsin.embedded.ExitCode;
import io.tocsin.embedded.PartFailure;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.RemoteAlerting;
import io.tocsin.pipeline.RulePublication;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.Actor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the alerting job alone, here or on a Flink cluster. */
@Command(
    name = "alerting",
    description = {
      "Runs the alerting job for a Kafka cluster: in this process, or, with alerting.flink in the",
      "configuration, handed to that Flink cluster."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user, or the cluster has the job",
      "3:the configuration or a rule cannot be used",
      "6:the broker or the registry does not answer",
      "7:topics or schemas are missing",
      "8:the broker does not let it (see tocsin acls), or it would forget what is open",
      "11:the data directory, or that for the jars, cannot be used",
      "12:the data directory is in use, or --from-savepoint while the job runs on the cluster",
      "14:the port is taken, or there is no such address here",
      "15:the job did not start, or the Flink cluster refused it"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin alerting --config alerting.yaml                           until Ctrl-C",
      "  tocsin alerting --config cluster.yaml --from-savepoint s3://b/s  on a cluster",
      "  tocsin alerting --jars /opt/flink/usrlib                         for application mode"
    })
final class AlertingCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private HttpOption http;

  @Option(
      names = "--from-savepoint",
      paramLabel = "PATH",
      description = "On a cluster: go on from this savepoint or checkpoint.")
  private String savepoint;

  @Option(
      names = "--publish-rules",
      description = {
        "Write the rules of the configuration to their topic, and end. For clusters with access",
        "rules, where the job itself may not: run it with the account of an operator."
      })
  private boolean publishOnly;

  @Option(
      names = "--anew",
      description = "Begin with nothing open, although alerting has been at work at this cluster.")
  private boolean anew;

  @Option(
      names = "--jars",
      paramLabel = "DIR",
      description = {
        "Lay the jars there that a Flink of its own needs beside its own to start the job itself",
        "(application mode, class io.tocsin.cli.AlertingApplication), and end."
      })
  private Path jars;

  private volatile boolean stopping;

  /** Held as long as this lives: one that nobody refers to any more is let go. */
  private Optional<DataLock> lock = Optional.empty();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (jars != null) {
      return layJars(out);
    }
    Config config = options.load();
    Cluster cluster = StagePlace.cluster(config, "tocsin alerting");
    Logging.toFiles(StagePlace.logs(config));
    RemoteAlerting alerting = make(config, cluster);
    try {
      new Broker(cluster).check(publishOnly ? Actor.OPERATOR : Actor.ALERTING);
      boolean elsewhere = config.alerting().flink() != null;
      Optional<String> running = elsewhere && !publishOnly ? alerting.running() : Optional.empty();
      if (!publishOnly && !anew && running.isEmpty() && alerting.wouldForget(savepoint)) {
        throw forgetful(config);
      }
      publishRules(alerting, out);
      if (publishOnly) {
        return 0;
      }
      if (elsewhere) {
        if (running.isPresent()) {
          return alreadyThere(running.get(), config, out);
        }
        String id = alerting.submit(savepoint);
        out.printf(
            "job %s runs at %s with %d rules%n", id, config.alerting().flink(), alerting.rules());
        return 0;
      }
      return run(config, alerting, out);
    } catch (Broker.Unfit unfit) {
      throw StagePlace.unfit(unfit);
    } catch (PartFailure failure) {
      throw new CommandFailure(ExitCode.PART_FAILED.status(), failure.getMessage(), failure);
    }
  }

  private void publishRules(RemoteAlerting alerting, PrintWriter out) throws CommandFailure {
    try {
      RulePublication.Outcome done = alerting.publishRules();
      if (publishOnly) {
        out.printf(
            "%d rules: %d written, %d removed, %d left as people have applied them%n",
            alerting.rules(), done.written().size(), done.removed().size(), done.kept().size());
      }
    } catch (CompletionException | RefusedException failed) {
      Throwable why = failed.getCause() instanceof RefusedException told ? told : failed;
      throw new CommandFailure(
          CommandFailure.REFUSED,
          "the rules of this configuration are not those on their topic, and could not be written: "
              + why.getMessage()
              + "; the account of alerting need not be allowed to: tocsin alerting --publish-rules"
              + " writes them with that of an operator",
          failed);
    }
  }

  /** What is no failure: somebody starts all stages once more. */
  private int alreadyThere(String id, Config config, PrintWriter out) throws CommandFailure {
    String line =
        "job %s runs at %s already; a second one would tell everything twice. Rules it takes from"
            + " their topic; for the rest of a new configuration or version, stop it with a"
            + " savepoint and give that as --from-savepoint";
    if (savepoint != null) {
      throw new CommandFailure(
          ExitCode.ALREADY_RUNNING.status(), line.formatted(id, config.alerting().flink()));
    }
    out.println(line.formatted(id, config.alerting().flink()));
    return 0;
  }

  private int layJars(PrintWriter out) throws CommandFailure {
    try {
      out.printf("%d jars in %s%n", ApplicationJars.layInto(jars), jars);
      return 0;
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.DATA_DIRECTORY_UNUSABLE.status(),
          "the jars cannot be laid into " + jars + ": " + unusable,
          unusable);
    }
  }

  private int run(Config config, RemoteAlerting alerting, PrintWriter out)
      throws CommandFailure, PartFailure, InterruptedException {
    DataDirectory data = new DataDirectory(config.dataDir());
    try {
      data.create();
      lock = DataLock.take(data);
      if (lock.isEmpty()) {
        throw new CommandFailure(
            ExitCode.ALREADY_RUNNING.status(),
            "the data directory "
                + data.root()
                + " is in use; give this job a data-dir of its own");
      }
      Optional<String> otherFormat = data.claim();
      if (otherFormat.isPresent()) {
        throw new CommandFailure(
            ExitCode.DATA_DIRECTORY_UNUSABLE.status(), otherFormat.get(), null);
      }
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.DATA_DIRECTORY_UNUSABLE.status(),
          "the data directory " + data.root() + " cannot be used: " + unusable,
          unusable);
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping = true;
                  alerting.close();
                  out.println("stopped");
                  out.flush();
                },
                "tocsin-stop"));
    StagePort.open(http.address(), config.server().tls(), alerting::listen);
    alerting.start();
    out.printf("alerting with %d rules; logs in %s; Ctrl-C stops%n", alerting.rules(), data.logs());
    out.flush();
    String told = "";
    while (!stopping) {
      told = tellOfRefusal(alerting, told, out);
      String status = alerting.status();
      if (status.equals("FAILED") || status.equals("FINISHED") || status.equals("CANCELED")) {
        throw new PartFailure("flink", "the alerting job is " + status + "; see logs/flink.log");
      }
      TimeUnit.SECONDS.sleep(1);
    }
    return 0;
  }

  /** Says once that the job goes on beginning again because the broker refuses it something. */
  private static String tellOfRefusal(RemoteAlerting alerting, String told, PrintWriter out)
      throws InterruptedException {
    String line = alerting.refusal().map(Throwable::getMessage).orElse(told);
    if (!line.equals(told)) {
      out.println(line + ". The job begins again until it is let");
      out.flush();
    }
    return line;
  }

  /** A second page for all that is open would be the least of it. */
  private static CommandFailure forgetful(Config config) {
    return new CommandFailure(
        CommandFailure.REFUSED,
        "alerting has been at work at this cluster and would begin without what it knows: "
            + (config.alerting().flink() == null
                ? "there is no state in " + config.dataDir() + "; use the data directory it had"
                : "name its newest savepoint or checkpoint by --from-savepoint")
            + ", or forget what is open by --anew");
  }

  private static RemoteAlerting make(Config config, Cluster cluster) throws CommandFailure {
    try {
      return new RemoteAlerting(cluster, config, Clock.systemUTC());
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    }
  }
}
