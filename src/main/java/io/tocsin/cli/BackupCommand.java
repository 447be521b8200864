package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.history.Backup;
import io.tocsin.history.HistoryException;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps history and state in a new directory, while everything runs. */
@Command(
    name = "backup",
    description = "Keeps history and state in a new directory, while everything runs.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "3:the configuration cannot be used, or there is no history",
      "4:the cluster or the store does not answer",
      "8:the directory cannot be used"
    },
    footer = {"", "Examples:", "  tocsin backup /backups/2026-01-31"})
final class BackupCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Parameters(paramLabel = "DIR", description = "The backup.")
  private Path directory;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = ClusterAddress.of(config);
    ClusterAddress.reach(cluster);
    try {
      new Backup(cluster, HistoryPlaces.of(config), Clock.systemUTC())
          .write(
              directory,
              line -> {
                out.println(line);
                out.flush();
              });
      return 0;
    } catch (HistoryException refused) {
      throw new CommandFailure(CommandFailure.REFUSED, refused.getMessage(), refused);
    } catch (IOException unusable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "it cannot be done: " + unusable.getMessage(),
          unusable);
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the topics at " + cluster.bootstrapServers() + " do not answer: " + away.getMessage(),
          away);
    }
  }
}
