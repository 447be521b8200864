package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.KilledResponder;
import io.tocsin.alerting.healing.KilledResponder.Step;
import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The responder is killed at each of six steps of its protocol, again and again; each next one
 * finds what the one before left. Never is a plan carried out twice, and what nobody knows is told.
 *
 * <p>{@code -Dtocsin.trial.kills} per step, 2 by default; {@code -Dtocsin.trial.seed} for the
 * order.
 */
class ResponderKillsITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TARGET = "container/killed";

  @TempDir Path directory;
  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  void noPlanIsCarriedOutTwiceWhereverTheResponderDies() throws Exception {
    long seed = Long.getLong("tocsin.trial.seed", System.nanoTime());
    int kills = Integer.getInteger("tocsin.trial.kills", 1);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      steps.addAll(List.of(Step.values()));
    }
    Collections.shuffle(steps, new Random(seed));
    System.out.printf("seed %d, %d kills%n", seed, steps.size());
    Path done = Files.createFile(directory.resolve("done.txt"));
    ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor();
    try (TestCluster cluster = new TestCluster(directory.resolve("cluster"))) {
      new Broker(cluster.address()).prepare((short) 1);
      try (PlanTraffic traffic = new PlanTraffic(cluster.address(), directory.resolve("keys"))) {
        Path config = config(cluster, traffic);
        checks.scheduleWithFixedDelay(
            () -> traffic.probe(TARGET, Health.DOWN), 0, 300, TimeUnit.MILLISECONDS);
        for (int i = 0; i < steps.size(); i++) {
          kill(config, done, traffic, seed, i, steps.get(i), i == 0 ? null : steps.get(i - 1));
        }
        Process last = start(config, done, "none", Step.BEFORE_INTENT);
        try {
          check(traffic, plan(seed, steps.size() - 1), steps.get(steps.size() - 1));
        } finally {
          last.destroyForcibly().waitFor();
        }
        List<String> executed = Files.readAllLines(done);
        assertThat(executed).doesNotHaveDuplicates();
        traffic.assertAuditIsWhole();
        System.out.printf(
            "%d kills, %d executions, 0 twice; %s%n", steps.size(), executed.size(), counts);
      } finally {
        checks.shutdownNow();
        checks.awaitTermination(10, TimeUnit.SECONDS);
      }
    }
  }

  private static String plan(long seed, int trial) {
    return "plan-" + Long.toHexString(seed) + "-" + trial;
  }

  /** A responder that first deals with what the one before left, then dies over its own plan. */
  private void kill(
      Path config, Path done, PlanTraffic traffic, long seed, int trial, Step step, Step before)
      throws Exception {
    Process responder = start(config, done, plan(seed, trial), step);
    try {
      if (before != null) {
        check(traffic, plan(seed, trial - 1), before);
      }
      traffic.send(traffic.signed(PlanTraffic.plan(plan(seed, trial), TARGET)));
      assertThat(responder.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("trial %d dies at %s; results %s", trial, step, traffic.outcomes(plan(seed, trial)))
          .isTrue();
      assertThat(responder.exitValue()).isEqualTo(KilledResponder.KILLED);
    } finally {
      responder.destroyForcibly().waitFor();
    }
  }

  private void check(PlanTraffic traffic, String plan, Step step) {
    HealResult end = traffic.end(plan);
    List<HealOutcome> outcomes = traffic.outcomes(plan);
    counts.merge(step + " " + end.getOutcome(), 1, Integer::sum);
    switch (step) {
      case BEFORE_INTENT ->
          // Nothing was written, so it was read again and carried out then.
          assertThat(outcomes).contains(HealOutcome.EXECUTED);
      case INTENT_SENT ->
          assertThat(outcomes)
              .containsAnyOf(HealOutcome.UNKNOWN, HealOutcome.EXECUTED)
              .isNotEqualTo(List.of(HealOutcome.UNKNOWN, HealOutcome.EXECUTED));
      case INTENT_ACKNOWLEDGED, DURING_EXECUTION, AFTER_EXECUTION ->
          assertThat(outcomes)
              .as("nobody knows, and it is told")
              .containsExactly(HealOutcome.INTENT, HealOutcome.UNKNOWN);
      case OUTCOME_WRITTEN ->
          assertThat(outcomes)
              .as("it is verified by the next one")
              .containsExactly(HealOutcome.INTENT, HealOutcome.EXECUTED, HealOutcome.NOT_VERIFIED);
    }
  }

  private Process start(Path config, Path done, String plan, Step step) throws IOException {
    Path module = Path.of("").toAbsolutePath();
    Path output = Files.createTempFile(directory, "responder-", ".out");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx192m",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tocsin.schemas",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(
                    File.pathSeparator,
                    module.resolve("target/test-classes").toString(),
                    module.resolve("target/classes").toString(),
                    module.resolve("target/lib") + "/*"),
                KilledResponder.class.getName(),
                config.toString(),
                done.toString(),
                plan,
                step.name())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await("a responder runs")
        .atMost(PATIENCE)
        .failFast(
            () -> assertThat(process.isAlive()).as(() -> "it printed: " + read(output)).isTrue())
        .until(() -> read(output).contains("running "));
    return process;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private Path config(TestCluster cluster, PlanTraffic traffic) throws IOException {
    return Files.writeString(
        directory.resolve("respond.yaml"),
        """
        data-dir: %s
        cluster: {bootstrap-servers: "%s", registry: "%s"}
        healing:
          mode: auto
          signing: {public-key: "%s"}
          autonomy: {below: 0}
          rate: {actions: 10000, within: 1m}
          blast-radius:
            per-service: {count: 100}
            per-host: {count: 100}
            per-zone: {count: 100}
            total: {count: 100}
          evidence: {min-healthy-share: 0, min-known-share: 0}
          actions:
            - name: touch
              does: {exec: {argv: [/bin/false]}}
              targets: ["%s"]
              timeout: 5s
              cooldown: 0s
              max-attempts: 100
              attempts-within: 1s
              verify: {by: probes, healthy-probes: 1, within: 1s}
        """
            .formatted(
                directory.resolve("data"),
                cluster.address().bootstrapServers(),
                cluster.address().registryUrl(),
                traffic.publicKey(),
                TARGET));
  }
}
