package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.history.Backup;
import io.tocsin.history.HistoryPlace;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Keeps history and state in a new directory, while everything runs. */
@Command(
    name = "backup",
    description = "Keeps history and state in a new directory, while everything runs.",
    footer = {"", "Examples:", "  tocsin backup /backups/2026-01-31"})
final class BackupCommand extends BackupWork {

  @Override
  void run(Config config, PrintWriter out) throws CommandFailure {
    Cluster cluster = ClusterAddress.of(config);
    ClusterAddress.reach(cluster);
    HistoryPlace history;
    try {
      history = HistoryPlaces.of(config);
    } catch (IOException unusable) {
      throw unusable(unusable);
    }
    at(cluster, history, config, out, Backup::write);
  }
}
