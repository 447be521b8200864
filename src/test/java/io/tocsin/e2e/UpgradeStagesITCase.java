package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.IncidentState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * From another version to this one and back where stages are processes of their own, with incidents
 * open; what {@link UpgradeITCase} says of the other version holds here too.
 */
@EnabledIfSystemProperty(named = "tocsin.previous.home", matches = ".+")
@Timeout(900)
class UpgradeStagesITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final Path THIS = TocsinProcess.thisHome();
  private static final Path OTHER =
      Path.of(System.getProperty("tocsin.previous.home", THIS.toString()));

  /** Whether on a Flink cluster it also goes back: the first versions could go on from nothing. */
  private static final boolean BACK =
      Boolean.parseBoolean(System.getProperty("tocsin.previous.back", "true"));

  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime());

  @TempDir Path directory;

  /** Broker and registry stay; agents, which are the test, are upgraded first. */
  @Test
  void stageAfterStageAgainstABrokerThatStaysNothingIsLostOrToldTwice() throws Exception {
    System.out.printf("upgrade trial: seed %d, from %s%n", SEED, OTHER);
    try (TestCluster cluster = new TestCluster(directory.resolve("cluster"));
        StreamsInstance streams = new StreamsInstance(directory, "s", cluster.address(), 0)) {
      prepare(streams, OTHER);
      prepare(streams, THIS);
      Path alerting = alertingConfig(cluster);
      Ledger ledger = new Ledger();
      try (Fleet fleet = new Fleet(cluster.address(), "up", ledger, Clock.systemUTC(), SEED);
          Outages outages = new Outages(cluster.address(), Clock.systemUTC(), SEED);
          AlertingOutput output = new AlertingOutput(cluster.address())) {
        fleet.start();
        outages.start();
        List<Path> versions = List.of(OTHER, THIS);
        for (Path version : versions) {
          prepare(streams, version);
          streams.start(version);
          try (TocsinProcess job =
              TocsinProcess.startOf(version, directory, "alerting", "-c", alerting.toString())) {
            AlertingKillsITCase.awaitWork(job);
            streams.awaitWork();
            TimeUnit.SECONDS.sleep(12); // a checkpoint, and some more
            if (version.equals(OTHER)) {
              job.kill();
              streams.kill();
            } else {
              streams.stop(); // and the job at the end of this block
            }
          }
          output.readAll();
        }
        streams.start(OTHER);
        try (TocsinProcess last =
            TocsinProcess.startOf(OTHER, directory, "alerting", "-c", alerting.toString())) {
          AlertingKillsITCase.awaitWork(last);
          streams.awaitWork();
          outages.end();
          fleet.stop();
          allAreOver(outages, output);
          AlertingKillsITCase.check(outages.wentDown(), output.readAll());
          System.out.println(
              "upgrade trial: "
                  + new WindowOracle(cluster.address(), fleet, ledger, streams).check());
        }
      }
    }
  }

  /** On a cluster of its own the job is stopped with a savepoint, and goes on from it. */
  @Test
  void onAFlinkClusterTheJobGoesOnFromASavepointOfTheOtherVersion() throws Exception {
    try (TestCluster cluster = new TestCluster(directory.resolve("cluster"));
        StreamsInstance streams = new StreamsInstance(directory, "s", cluster.address(), 0);
        FlinkProcesses flink = FlinkProcesses.start(directory.resolve("flink"))) {
      prepare(streams, OTHER);
      prepare(streams, THIS);
      Path config = alertingConfig(cluster);
      Files.writeString(
          config,
          "alerting: {flink: \"%s\"}%n".formatted(flink.address()),
          StandardOpenOption.APPEND);
      try (Outages outages = new Outages(cluster.address(), Clock.systemUTC(), SEED);
          AlertingOutput output = new AlertingOutput(cluster.address())) {
        outages.start();
        String savepoint = null;
        for (Path version : BACK ? List.of(OTHER, THIS) : List.of(OTHER)) {
          submit(version, config, savepoint);
          int before = output.readAll().newestIncidents().size();
          await("incidents open")
              .atMost(PATIENCE)
              .until(() -> output.poll().newestIncidents().size() > before + 2);
          await("a checkpoint, with which the broker hears how far the job is")
              .atMost(PATIENCE)
              .until(() -> new Broker(cluster.address()).knows("tocsin-alerting"));
          savepoint = flink.stopWithSavepoint(directory.resolve("savepoints"));
        }
        assertThat(new Broker(cluster.address()).knows("tocsin-alerting")).isTrue();
        try (TocsinProcess forgetful =
            TocsinProcess.start(directory, "alerting", "-c", config.toString())) {
          assertThat(forgetful.exitCode(PATIENCE)).as(forgetful::report).isEqualTo(8);
          assertThat(forgetful.errors()).contains("--from-savepoint", "--anew");
        }
        submit(BACK ? OTHER : THIS, config, savepoint);
        outages.end();
        allAreOver(outages, output);
        AlertingKillsITCase.check(outages.wentDown(), output.readAll());
      }
    }
  }

  private static void allAreOver(Outages outages, AlertingOutput output) {
    await("all are over")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(output.poll().newestIncidents().values())
                    .hasSizeGreaterThanOrEqualTo(outages.wentDown().size())
                    .allMatch(each -> each.getState() == IncidentState.RESOLVED));
  }

  private void submit(Path version, Path config, String savepoint) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("alerting", "-c", config.toString()));
    if (savepoint != null) {
      arguments.addAll(List.of("--from-savepoint", savepoint));
    }
    try (TocsinProcess process =
        TocsinProcess.startOf(version, directory, arguments.toArray(String[]::new))) {
      assertThat(process.exitCode(PATIENCE)).as(process::report).isZero();
    }
  }

  private void prepare(StreamsInstance streams, Path version) throws Exception {
    try (TocsinProcess made =
        TocsinProcess.startOf(
            version,
            directory,
            "streams",
            "--config",
            streams.file().toString(),
            "--create-topics")) {
      assertThat(made.exitCode(PATIENCE)).as(made::report).isZero();
    }
  }

  private Path alertingConfig(TestCluster cluster) throws Exception {
    return Files.writeString(
        directory.resolve("alerting.yaml"),
        """
        data-dir: %s
        cluster: {bootstrap-servers: "%s", registry: "%s"}
        rules:
          - {name: service-down, signal: health, when: "!up", clear-for: 2s, summary: "{resource} is down"}
        """
            .formatted(
                directory.resolve("alerting"),
                cluster.address().bootstrapServers(),
                cluster.address().registryUrl()));
  }
}
