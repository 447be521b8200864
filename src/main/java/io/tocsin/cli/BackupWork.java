package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PreflightFailure;
import io.tocsin.history.Backup;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryPlace;
import io.tocsin.history.JobPlace;
import io.tocsin.pipeline.RemoteAlerting;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What making a backup and writing one back have in common: what of, where, and what can go wrong.
 */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "3:the configuration cannot be used, or there is no history",
      "4:the cluster or the store does not answer",
      "8:the directory cannot be used, or the cluster is not empty",
      "10 to 15:as of tocsin up, which a restore on this machine starts in part"
    })
abstract class BackupWork implements Callable<Integer> {

  /** What is done with a backup; it is told line by line. */
  interface Work {
    void on(Backup backup, Path directory, Consumer<String> told)
        throws HistoryException, IOException;
  }

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Option(
      names = "--job-state",
      paramLabel = "DIR",
      description = {
        "Where alerting runs on a Flink cluster: the directory of a savepoint of its, which was made",
        "just before (backup), or that it is to start from (restore). Default: what alerting keeps in",
        "the data directory."
      })
  private Path savepoint;

  @Option(
      names = "--without-job-state",
      description =
          "Do without: a restore then closes what was open, which opens anew if it is wrong.")
  private boolean without;

  @Parameters(paramLabel = "DIR", description = "The backup.")
  private Path directory;

  /** Does it as the configuration says. */
  abstract void run(Config config, PrintWriter out)
      throws CommandFailure, PreflightFailure, PartFailure, InterruptedException;

  @Override
  public final Integer call()
      throws CommandFailure, PreflightFailure, PartFailure, InterruptedException {
    run(options.load(), spec.commandLine().getOut());
    return 0;
  }

  /** Does it there. */
  final void at(Cluster cluster, HistoryPlace history, Config config, PrintWriter out, Work work)
      throws CommandFailure {
    try {
      work.on(
          new Backup(cluster, history, job(config), Clock.systemUTC()),
          directory,
          line -> {
            out.println(line);
            out.flush();
          });
    } catch (HistoryException refused) {
      throw new CommandFailure(CommandFailure.REFUSED, refused.getMessage(), refused);
    } catch (IOException unusable) {
      throw unusable(unusable);
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the topics at " + cluster.bootstrapServers() + " do not answer: " + away.getMessage(),
          away);
    }
  }

  /** Before anything is started, or asked. */
  final void requireIntact() throws CommandFailure {
    try {
      Backup.requireIntact(directory);
    } catch (HistoryException refused) {
      throw new CommandFailure(CommandFailure.REFUSED, refused.getMessage(), refused);
    } catch (IOException unreadable) {
      throw unusable(unreadable);
    }
  }

  static CommandFailure unusable(IOException cause) {
    return new CommandFailure(
        CommandFailure.BAD_CONFIGURATION, "it cannot be done: " + cause.getMessage(), cause);
  }

  private JobPlace job(Config config) {
    if (without) {
      return new JobPlace.None();
    }
    return savepoint != null
        ? new JobPlace.Savepoint(savepoint.toAbsolutePath())
        : new JobPlace.Here(RemoteAlerting.files(config));
  }
}
