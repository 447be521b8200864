package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.ExitCode;
import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a stage that runs alone works, and why it cannot. */
final class StagePlace {

  private static final int NOBODY_ANSWERS = 6;
  private static final int NOT_PREPARED = 7;

  private StagePlace() {}

  /**
   * The cluster that the configuration names.
   *
   * @param command what was asked for, as people type it
   */
  static Cluster cluster(Config config, String command) throws CommandFailure {
    Config.Cluster cluster = config.cluster();
    if (cluster == null) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "configuration: cluster: is missing; "
              + command
              + " works at a cluster: write"
              + " cluster: {bootstrap-servers: \"host:9092\", registry: \"http://host:8081\"}");
    }
    SealKeys.requireReadable(cluster.seal());
    return cluster.address();
  }

  /** The directory of its logs, which is made. */
  static Path logs(Config config) throws CommandFailure {
    Path logs = config.dataDir().resolve("logs").toAbsolutePath().normalize();
    try {
      return Files.createDirectories(logs);
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.DATA_DIRECTORY_UNUSABLE.status(),
          "the log directory " + logs + " cannot be made: " + unusable,
          unusable);
    }
  }

  /** Makes the topics that are missing at the cluster, and registers the schemas. */
  static int createTopics(Config config, String command, TopicSizes sizes, PrintWriter out)
      throws CommandFailure, InterruptedException {
    Cluster cluster = cluster(config, command);
    Logging.toFiles(logs(config));
    Integer copies = config.streams().replicationFactor();
    try {
      List<String> made =
          new Broker(cluster).prepare((short) (copies == null ? -1 : copies), sizes);
      out.println(
          "schemas are registered; "
              + (made.isEmpty() ? "all topics were there" : "made " + String.join(", ", made)));
      return 0;
    } catch (Broker.Unfit refused) {
      throw unfit(refused);
    }
  }

  static CommandFailure unfit(Broker.Unfit unfit) {
    int exitCode =
        switch (unfit.kind()) {
          case SILENT -> NOBODY_ANSWERS;
          case UNPREPARED -> NOT_PREPARED;
          case REFUSED -> CommandFailure.REFUSED;
        };
    return new CommandFailure(exitCode, unfit.getMessage(), unfit);
  }
}
