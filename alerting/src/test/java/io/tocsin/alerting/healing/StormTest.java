package io.tocsin.alerting.healing;

import static io.tocsin.alerting.healing.HealExamples.action;
import static io.tocsin.alerting.healing.HealExamples.plan;
import static io.tocsin.alerting.healing.HealExamples.probe;
import static io.tocsin.alerting.healing.HealExamples.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.BlastRadius.Limit;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Rate;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many that fail at once, and what must not happen then. Time is virtual. */
class StormTest {

  private static final int TARGETS = 1_000;
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration WAIT_FOR = Duration.ofMinutes(3);

  private static HealingConfig config(int targets, BlastRadius radius, Evidence evidence) {
    return new HealingConfig(
        Mode.AUTO,
        null,
        List.of(
            action(
                "restart-shop",
                new ExecSpec(List.of("/bin/true"), null),
                IntStream.range(0, targets).mapToObj(StormTest::target).toArray(String[]::new))),
        null,
        radius,
        new Rate(1_000_000, null),
        evidence,
        null,
        null,
        null,
        Map.of("a", List.of("host/a-*"), "b", List.of("host/b-*")),
        null,
        null);
  }

  private static String target(int number) {
    return "endpoint/shop-" + number;
  }

  private static HealPlan planFor(Scene scene, int number, String id, Duration lasts) {
    HealPlan plan = plan(id);
    plan.setTargetId(target(number));
    plan.setCreatedAt(scene.clock.instant());
    plan.setNotAfter(scene.clock.instant().plus(lasts));
    return plan;
  }

  private static List<Probe> probes(Scene scene, int from, int to, Health health) {
    return IntStream.range(from, to)
        .mapToObj(number -> probe(target(number), "agent", health, scene.clock.instant()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aThousandAtOnceNeverOverrunTheirBudgetAndAllAreAnswered(long salt) {
    long seed = Long.getLong("tocsin.trial.seed", 20_260_101) + salt;
    System.out.println("storm of " + TARGETS + ", seed " + seed);
    Random random = new Random(seed);
    Deque<Runnable> work = new ArrayDeque<>();
    Limit any = new Limit(null, null);
    Scene scene =
        new Scene(
            config(
                TARGETS,
                new BlastRadius(any, any, new Limit(2, null), any, null, WAIT_FOR),
                new Evidence(0.0, null, null, null)),
            work::add);
    scene.resource(resource("host/a-1", ResourceKind.HOST, null, null));
    scene.resource(resource("host/b-1", ResourceKind.HOST, null, null));
    List<HealPlan> plans = new ArrayList<>();
    for (int number = 0; number < TARGETS; number++) {
      String host = number % 2 == 0 ? "host/a-1" : "host/b-1";
      scene.resource(resource(target(number), ResourceKind.ENDPOINT, host, "shop"));
      plans.add(planFor(scene, number, "plan-" + number, Duration.ofMinutes(10)));
    }
    int crashes = 0;
    boolean[] healed = new boolean[TARGETS];
    scene.probes(probes(scene, 0, TARGETS, Health.DOWN)).plans(plans);
    for (int turn = 0; turn < 600 && (turn % 50 != 0 || !isAnswered(scene, plans)); turn++) {
      int happens = random.nextInt(100);
      if (happens < 2) {
        // All that was under way is gone; what was not committed is read again.
        work.clear();
        scene.start().plans(plans);
        crashes++;
      } else if (happens < 4) {
        crashes += crashDuring(scene, work, random) ? 1 : 0;
      } else {
        runSome(work, random);
      }
      for (String execution : scene.executions) {
        healed[Integer.parseInt(execution.substring(execution.lastIndexOf('-') + 1))] = true;
      }
      if (turn % 2 == 0) {
        scene.probes(state(scene, healed));
      }
      scene.pass(TICK);
    }
    for (int round = 0; round < 150 && !isAnswered(scene, plans); round++) {
      runAll(work);
      scene.pass(Duration.ofSeconds(5));
    }
    System.out.println(
        scene.executions.size() + " executed, " + crashes + " crashes, seed " + seed);
    neverMoreThan(2, scene.log.results());
    assertThat(isAnswered(scene, plans)).isTrue();
    assertThat(new HashSet<>(scene.executions)).hasSize(scene.executions.size());
    assertThat(crashes).isPositive();
    assertThat(scene.executions).hasSizeGreaterThan(20);
  }

  private static List<Probe> state(Scene scene, boolean[] healed) {
    return IntStream.range(0, TARGETS)
        .mapToObj(
            number ->
                probe(
                    target(number),
                    "agent",
                    healed[number] ? Health.UP : Health.DOWN,
                    scene.clock.instant()))
        .toList();
  }

  private static void runAll(Deque<Runnable> work) {
    while (!work.isEmpty()) {
      work.poll().run();
    }
  }

  private static void runSome(Deque<Runnable> work, Random random) {
    for (int left = random.nextInt(work.size() + 1); left > 0; left--) {
      work.poll().run();
    }
  }

  /** The program dies at a step that is about to be, or has just been, written. */
  private static boolean crashDuring(Scene scene, Deque<Runnable> work, Random random) {
    HealOutcome step = random.nextBoolean() ? HealOutcome.INTENT : HealOutcome.EXECUTED;
    if (random.nextBoolean()) {
      scene.log.crashingBefore(step);
    } else {
      scene.log.crashingAfter(step);
    }
    try {
      runAll(work);
      scene.log.repaired();
      return false;
    } catch (MemoryLog.Crash crash) {
      work.clear();
      scene.log.repaired();
      scene.start();
      return true;
    }
  }

  private static boolean isAnswered(Scene scene, List<HealPlan> plans) {
    Ledger ledger = Ledger.of(scene.log.results());
    return ledger.unfinished().isEmpty()
        && plans.stream().allMatch(plan -> ledger.knows(plan.getId()));
  }

  private static void neverMoreThan(int most, List<HealResult> results) {
    Map<String, Set<String>> acting = new HashMap<>();
    for (HealResult one : results) {
      Set<String> zone = acting.computeIfAbsent(one.getZone(), name -> new HashSet<>());
      switch (one.getOutcome()) {
        case INTENT -> zone.add(one.getPlanId());
        case EXECUTED, COMPENSATING, AWAITING_APPROVAL -> {}
        default -> zone.remove(one.getPlanId());
      }
      if (zone.size() > most) {
        fail(zone + " are in flight at once in zone " + one.getZone());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 41, 60, 100})
  void whenFortyPercentFailTogetherHealingStops(int failing) {
    Limit share = new Limit(null, 0.39);
    Scene scene =
        new Scene(
            config(100, new BlastRadius(null, null, null, share, null, null), Evidence.DEFAULT));
    scene.probes(probes(scene, failing, 100, Health.UP));
    scene.probes(probes(scene, 0, failing, Health.DOWN)).pass(TICK);
    for (int number = 0; number < failing; number++) {
      scene.plans(List.of(planFor(scene, number, "p" + number, Duration.ofMinutes(2))));
    }
    for (int second = 0; second < 12; second++) {
      scene.pass(Duration.ofSeconds(1));
      scene.probes(probes(scene, 0, failing, Health.DOWN));
      scene.probes(probes(scene, failing, 100, Health.UP));
    }
    assertThat(scene.executions).isEmpty();
    assertThat(scene.log.outcomes()).containsOnly(HealOutcome.REFUSED).hasSize(failing);
    assertThat(scene.count("tocsin.healing.refused", "blast-radius")).isEqualTo(failing);
  }

  @Test
  void whenFewFailHealingGoesOn() {
    Limit share = new Limit(null, 0.39);
    Scene scene =
        new Scene(
            config(100, new BlastRadius(null, null, null, share, null, null), Evidence.DEFAULT));
    scene.probes(probes(scene, 5, 100, Health.UP)).probes(probes(scene, 0, 5, Health.DOWN));
    scene.plan(planFor(scene, 0, "p", Duration.ofMinutes(2)));
    assertThat(scene.executions).hasSize(1);
  }

  @Test
  void aFlappingTargetIsLeftToPeopleAfterThreeAnHour() {
    Scene scene = new Scene(HealExamples.AUTO);
    List<HealResult> intents = new ArrayList<>();
    for (int minute = 0; minute < 180; minute++) {
      HealPlan plan = plan("p" + minute);
      plan.setNotAfter(scene.clock.instant().plusSeconds(60));
      scene.probe(Health.DOWN).plan(plan);
      for (int second = 0; second < 3; second++) {
        scene.pass(Duration.ofSeconds(1)).probe(Health.UP);
      }
      scene.pass(Duration.ofSeconds(57));
    }
    scene.log.results().stream()
        .filter(result -> result.getOutcome() == HealOutcome.INTENT)
        .forEach(intents::add);
    for (HealResult last : intents) {
      assertThat(intents)
          .filteredOn(one -> one.getAt().isAfter(last.getAt().minus(Duration.ofHours(1))))
          .filteredOn(one -> !one.getAt().isAfter(last.getAt()))
          .hasSizeLessThanOrEqualTo(3);
    }
    assertThat(intents).hasSizeBetween(8, 9);
    assertThat(scene.count("tocsin.healing.refused", "attempts")).isEqualTo(180 - intents.size());
  }
}
