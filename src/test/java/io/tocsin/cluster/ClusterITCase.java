package io.tocsin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tocsin on many hosts, each a network namespace, under load: processes die, stand still and are
 * cut off, and nothing that was promised is broken.
 *
 * <p>Only when it is asked for, as it needs both processors of a small machine to itself. {@code
 * -Dtocsin.trial.rounds=0} is the short one: one of each kind dies. {@code
 * -Dtocsin.trial.rounds=60} is the long trial: all faults to all parts in an order of {@code
 * -Dtocsin.trial.seed}, as many as asked for, then a rolling restart of everything; {@code
 * -Dtocsin.trial.parts=tasks,jobs} leaves other parts out, {@code -Dtocsin.trial.faults=KILL,CUT}
 * other faults and the restart. {@code -Dtocsin.trial.slow=true} gives a machine that is shared
 * more time, at which figures are no figures.
 */
@EnabledIfSystemProperty(named = "tocsin.trial.rounds", matches = "[0-9]+")
class ClusterITCase {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final int ROUNDS = Integer.getInteger("tocsin.trial.rounds", 0);
  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime() % 100_000);
  private static final List<Fault> FAULTS =
      Arrays.stream(System.getProperty("tocsin.trial.faults", "KILL,PAUSE,CUT").split(","))
          .map(Fault::valueOf)
          .toList();
  private static final List<String> PARTS =
      List.of(System.getProperty("tocsin.trial.parts", "").split(","));
  private static final Duration PATIENCE = Duration.ofSeconds(300);

  /** One fault of one part. */
  private record Try(Fault fault, Part part) {}

  private final List<Waits> waits = new ArrayList<>();
  private int generation;

  @TempDir Path directory;

  @Test
  void whoeverDiesPagingGoesOnAndNothingIsLostOrDoneTwice() throws Exception {
    System.out.printf("cluster trial: %d rounds, seed %d%n", ROUNDS, SEED);
    long begun = System.nanoTime();
    try (Installation all = new Installation(directory, ROUNDS > 0, ROUNDS + 30, CLOCK)) {
      all.start();
      System.out.printf("all of it works after %d s%n", seconds(begun));
      try (Outages outages = new Outages(all.endpoints(), all.pager(), CLOCK);
          Samples samples = new Samples(all.cluster(), Long.toString(SEED), CLOCK)) {
        samples.start();
        if (ROUNDS == 0) {
          oneOfEachKindDies(all, outages);
        } else {
          assertThat(all.handOver()).contains("already");
          everythingHappensToEveryPart(all, outages);
          if (FAULTS.size() == Fault.values().length) {
            everythingIsRestartedInTurn(all, outages);
          }
        }
        check(all, outages, samples);
      }
    }
    System.out.printf("cluster trial: seed %d, %d s%n", SEED, seconds(begun));
  }

  private void oneOfEachKindDies(Installation all, Outages outages) throws Exception {
    for (Part part :
        List.of(
            all.flink().taskManagers().get(0),
            all.brokers().brokers().get(0),
            all.streams().get(0),
            all.actingResponder())) {
      outages.next(all.renew(++generation));
      awaitTold(outages, 1, CLOCK.instant());
      Instant at = CLOCK.instant();
      Fault.KILL.begin(part, true);
      awaitTold(outages, 2, at);
      awaitOver(outages);
      note("KILL " + part, outages, at);
      Fault.KILL.end(part);
    }
    await("the other responder acts").atMost(PATIENCE).until(all::hasActingResponder);
  }

  private void everythingHappensToEveryPart(Installation all, Outages outages) throws Exception {
    List<Try> tries = new ArrayList<>();
    for (Part part : all.parts()) {
      if (isChosen(part)) {
        FAULTS.forEach(fault -> tries.add(new Try(fault, part)));
      }
    }
    Random random = new Random(SEED);
    List<Try> order = new ArrayList<>();
    while (order.size() < ROUNDS) {
      Collections.shuffle(tries, random);
      order.addAll(tries);
    }
    for (Try each : order.subList(0, ROUNDS)) {
      outages.next(all.renew(++generation));
      Instant warm = CLOCK.instant();
      awaitTold(outages, 2, warm);
      Instant at = CLOCK.instant();
      Part part = meant(all, each.part());
      each.fault().begin(part, !all.isSingle(part));
      TimeUnit.MILLISECONDS.sleep(each.fault().lasts().toMillis());
      each.fault().end(part);
      awaitOver(outages);
      boolean working = each.part() == all.flink().taskManagers().get(0);
      note(each.fault() + " " + part + (working ? " with the job" : ""), outages, at);
      all.awaitWhole();
    }
  }

  private static boolean isChosen(Part part) {
    return PARTS.stream().anyMatch(part.name()::startsWith);
  }

  /** Of two task managers the first stands for the one that has the job, wherever that is. */
  private static Part meant(Installation all, Part part) throws Exception {
    List<Part> pair = all.flink().taskManagers();
    if (!pair.contains(part)) {
      return part;
    }
    Part working = all.flink().taskManagerOf(Installation.JOB);
    Part other = pair.get(pair.get(0) == working ? 1 : 0);
    return part == pair.get(0) ? working : other;
  }

  private void everythingIsRestartedInTurn(Installation all, Outages outages) throws Exception {
    Instant at = CLOCK.instant();
    for (Part part : all.parts()) {
      if (!isChosen(part)) {
        continue;
      }
      outages.next(all.renew(++generation));
      part.stop(Duration.ofSeconds(30));
      TimeUnit.SECONDS.sleep(10);
      all.awaitWhole();
      awaitOver(outages); // what is checked changes with the next part, and no page would come then
    }
    note("rolling restart", outages, at);
  }

  /** Until the first so many outages that began since a time are told of, and all before. */
  private static void awaitTold(Outages outages, int count, Instant since) {
    await("somebody is told")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              List<Outages.Outage> begun = outages.since(since);
              return begun.size() >= count
                  && outages.untold().stream()
                      .noneMatch(each -> !each.downAt().isAfter(begun.get(count - 1).downAt()));
            });
  }

  /** Takes no more down, and waits until somebody was told of each, and all are up again. */
  private static void awaitOver(Outages outages) {
    outages.rest();
    await("all are told, and up again").atMost(PATIENCE).until(outages::areOver);
  }

  private void note(String what, Outages outages, Instant since) {
    Instant now = CLOCK.instant();
    Waits found =
        new Waits(what, outages.since(since).stream().map(each -> each.waited(now)).toList());
    waits.add(found);
    System.out.println(found);
  }

  private void check(Installation all, Outages outages, Samples samples) throws Exception {
    awaitOver(outages);
    samples.stop();
    try (Oracle oracle = new Oracle(all.cluster(), CLOCK)) {
      oracle.readAll();
      await("all incidents are over, all windows closed, and nothing is on its way")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                oracle.readAll();
                assertThat(oracle.open(outages.all())).isEmpty();
                assertThat(oracle.miscounted(samples)).isEmpty();
                assertThat(oracle.lostOfAgents()).as("lost of agents").isZero();
                if (all.hasHistory()) {
                  assertThat(oracle.missingIn(all.store())).as("not in history").isEmpty();
                }
              });
      System.out.printf(
          "%d incidents of %d outages (%d of what stood still or was cut off saw), %d records of"
              + " agents, %d samples acknowledged, %d not, %d windows%n",
          oracle.incidents(),
          outages.all().size(),
          oracle.besides(outages.all()),
          oracle.ofAgents(),
          samples.acknowledged().values().stream().mapToInt(Set::size).sum(),
          samples.refused(),
          oracle.windows());
      summary("any process killed", what -> what.startsWith("KILL"));
      summary("a broker killed", what -> what.startsWith("KILL kafka"));
      summary("anything", what -> true);
      assertThat(oracle.lost(samples)).as("acknowledged and lost").isZero();
      assertThat(oracle.finalTwice()).as("windows final twice").isEmpty();
      assertThat(oracle.withoutIncident(outages.all())).as("outages without incident").isEmpty();
      assertThat(oracle.twice(outages.all())).as("outages with two incidents").isEmpty();
      assertThat(oracle.pagedTwice()).as("paged twice").isEmpty();
    }
    assertThat(Oracle.healedTwice(all.heals())).as("healed twice").isEmpty();
  }

  private void summary(String what, Predicate<String> which) {
    System.out.println(
        new Waits(
            what,
            waits.stream()
                .filter(each -> which.test(each.what()))
                .flatMap(each -> each.all().stream())
                .toList()));
  }

  private static long seconds(long since) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
  }
}
