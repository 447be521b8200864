package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.topic.Topics;
import io.tocsin.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tocsin streams} at a real broker: killed at random, and shared among instances. For a long
 * trial: {@code -Dtocsin.trial.kills=300}, and {@code -Dtocsin.trial.seed} to repeat one.
 */
class StreamsAloneITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final int KILLS = Integer.getInteger("tocsin.trial.kills", 1);
  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime());

  @TempDir static Path directory;
  private static TestCluster cluster;

  private final Ledger ledger = new Ledger();

  @BeforeAll
  static void prepare() throws Exception {
    cluster = new TestCluster(directory.resolve("cluster"));
    StreamsInstance first = new StreamsInstance(directory, "first", cluster.address(), 0);
    try (TocsinProcess refused =
        TocsinProcess.start(directory, "streams", "--config", first.file().toString())) {
      assertThat(refused.exitCode(PATIENCE)).as(refused::report).isEqualTo(7);
      assertThat(refused.errors().lines()).hasSize(1);
      assertThat(refused.errors())
          .contains("has no topic tocsin.", "tocsin streams --create-topics");
    }
    try (TocsinProcess created =
        TocsinProcess.start(
            directory, "streams", "--config", first.file().toString(), "--create-topics")) {
      assertThat(created.exitCode(PATIENCE)).as(created::report).isZero();
      assertThat(created.output()).contains("made tocsin.", Topics.SAMPLES.name());
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void killedAtRandomEveryAcknowledgedSampleIsInExactlyOneWindowOfEachSize() throws Exception {
    System.out.printf("kill trial: %d kills, seed %d%n", KILLS, SEED);
    Random random = new Random(SEED);
    try (StreamsInstance streams = new StreamsInstance(directory, "killed", cluster.address(), 0);
        Fleet fleet = new Fleet(cluster.address(), "killed", ledger, Clock.systemUTC(), SEED)) {
      fleet.start();
      for (int kill = 0; kill < KILLS; kill++) {
        streams.start();
        // one in three dies while it starts, restores, or has just begun
        if (kill % 3 == 2) {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(8_000));
        } else {
          streams.awaitWork();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(5_000));
        }
        System.out.printf("kill %d: %d samples taken since the start%n", kill + 1, streams.taken());
        streams.kill();
      }
      streams.start();
      streams.awaitWork();
      TimeUnit.SECONDS.sleep(2);
      fleet.stop();
      String found = new WindowOracle(cluster.address(), fleet, ledger, streams).check();
      System.out.printf("kill trial: %d kills, seed %d: %s%n", KILLS, SEED, found);
      streams.stop();
    }
  }

  @Test
  void instancesShareTheWorkAndWhenItMovesNothingIsRecounted() throws Exception {
    TestAuthority authority = new TestAuthority(directory, "instances");
    try (StreamsInstance a = new StreamsInstance(directory, "a", cluster.address(), 1, authority);
        StreamsInstance b = new StreamsInstance(directory, "b", cluster.address(), 1, authority);
        Fleet fleet = new Fleet(cluster.address(), "shared", ledger, Clock.systemUTC(), SEED)) {
      a.start();
      a.awaitRunning();
      await("a works alone")
          .atMost(PATIENCE)
          .until(() -> a.active().size() >= Topics.SAMPLES.partitions());
      int all = a.active().size();
      fleet.start();

      b.start();
      awaitShared(all, a, b);
      fleet.all().forEach(resource -> bothKnow(resource, a, b));

      List<String> before = b.active();
      List<String> stayed = a.active();
      b.stop();
      b.start();
      b.awaitRunning();
      await("b has back what it had").atMost(PATIENCE).until(() -> b.active().equals(before));
      assertThat(a.active()).isEqualTo(stayed);

      b.kill();
      await("a takes over from the dead").atMost(PATIENCE).until(() -> a.active().size() == all);

      fleet.stop();
      System.out.println(
          "shared: " + new WindowOracle(cluster.address(), fleet, ledger, a).check());
      a.stop();
    }
  }

  private static void awaitShared(int all, StreamsInstance a, StreamsInstance b) {
    await("both have tasks, and together all")
        .atMost(PATIENCE)
        .until(
            () -> {
              List<String> ofA = a.active();
              List<String> ofB = b.active();
              Set<String> together = new HashSet<>(ofA);
              together.addAll(ofB);
              return !ofA.isEmpty()
                  && !ofB.isEmpty()
                  && together.size() == all
                  && ofA.size() + ofB.size() == all;
            });
  }

  /** Whoever is asked, the one that has it answers; they know each other by certificate. */
  private static void bothKnow(String resource, StreamsInstance a, StreamsInstance b) {
    await(resource + " is told by both alike")
        .atMost(PATIENCE)
        .until(
            () -> {
              String one = a.state(resource).path("instance").asText();
              return !one.isEmpty() && one.equals(b.state(resource).path("instance").asText());
            });
  }
}
