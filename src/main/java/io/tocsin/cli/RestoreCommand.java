package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PreflightFailure;
import io.tocsin.history.Backup;
import io.tocsin.history.HistoryPlace;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a backup into an empty installation or cluster, after its files were checked. */
@Command(
    name = "restore",
    description = {
      "Writes a backup into an empty installation on this machine, which must not run, or into the",
      "empty cluster that the configuration names, after its files were checked. Interrupted, it can",
      "be done again. Start the stages afterwards."
    },
    footer = {
      "",
      "Examples:",
      "  tocsin restore /backups/2026-01-31 && tocsin up",
      "  tocsin restore --config cluster.yaml /backups/2026-01-31",
      "  tocsin restore --history-only /backups/2026-01-31     into what runs"
    })
final class RestoreCommand extends BackupWork {

  @Option(
      names = "--history-only",
      description = "History alone, beside what is there, into what runs.")
  private boolean historyOnly;

  @Override
  void run(Config config, PrintWriter out)
      throws CommandFailure, PreflightFailure, PartFailure, InterruptedException {
    requireIntact();
    if (historyOnly) {
      Cluster cluster = ClusterAddress.of(config);
      at(cluster, history(config), config, out, Backup::restoreHistory);
    } else if (config.cluster() == null) {
      try (Run run = Run.startEmpty(config, out)) {
        at(run.pipeline().cluster(), run.pipeline().history(), config, out, Backup::restore);
      }
    } else {
      StagePlace.createTopics(config, "tocsin restore", TopicSizes.USUAL, out);
      at(ClusterAddress.of(config), history(config), config, out, Backup::restore);
    }
  }

  private static HistoryPlace history(Config config) throws CommandFailure {
    try {
      return HistoryPlaces.of(config);
    } catch (IOException unusable) {
      throw unusable(unusable);
    }
  }
}
