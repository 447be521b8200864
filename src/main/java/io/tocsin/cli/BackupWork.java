package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.history.Backup;
import io.tocsin.history.HistoryException;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/** What making a backup and writing one back have in common: where from, and what can go wrong. */
final class BackupWork {

  /** What is done with the backup; it is told line by line. */
  interface Work {
    void on(Backup backup, Consumer<String> told) throws HistoryException, IOException;
  }

  private BackupWork() {}

  /** Does it, and prints what it is told. */
  static void run(Config config, PrintWriter out, Work work) throws CommandFailure {
    Cluster cluster = ClusterAddress.of(config);
    ClusterAddress.reach(cluster);
    try {
      work.on(
          new Backup(cluster, HistoryPlaces.of(config), Clock.systemUTC()),
          line -> {
            out.println(line);
            out.flush();
          });
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
