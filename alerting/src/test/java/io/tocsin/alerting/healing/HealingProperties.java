package io.tocsin.alerting.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.Autonomy;
import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.BlastRadius.Limit;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Rate;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any story of plans, probes, waiting and restarts. */
class HealingProperties {

  /** One thing that happens after some time has passed. */
  record Step(int afterSeconds, int what, int planNumber, int exitCode) {}

  @Provide
  Arbitrary<List<Step>> stories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 900),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, 1))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 300)
  void limitsHoldWhateverHappens(@ForAll("stories") List<Step> story) {
    Scene scene = new Scene(HealExamples.AUTO);
    story.forEach(step -> play(scene, step));
    List<HealResult> results = scene.log.results();
    atMostMaxAttemptsInAnyWindow(results);
    refusedPlansNeverExecute(results);
    cooldownsHold(results);
    assertThat(scene.executions).hasSize((int) count(results, HealOutcome.INTENT));
    assertThat(planIds(results, HealOutcome.INTENT)).hasSize(scene.executions.size());
  }

  private static void play(Scene scene, Step step) {
    scene.exitCode(step.exitCode()).pass(Duration.ofSeconds(step.afterSeconds()));
    if (step.what() == 0) {
      scene.start();
    } else if (step.what() == 1) {
      scene.probe(Health.UP);
    } else if (step.what() == 2) {
      scene.probe(Health.UNKNOWN);
    } else if (step.what() == 3) {
      scene.plan(plan(scene, step));
    } else {
      scene.probe(Health.DOWN).plan(plan(scene, step));
    }
  }

  private static HealPlan plan(Scene scene, Step step) {
    HealPlan plan = HealExamples.plan("plan-" + step.planNumber());
    plan.setNotAfter(scene.clock.instant().plusSeconds(60));
    return plan;
  }

  private static void atMostMaxAttemptsInAnyWindow(List<HealResult> results) {
    Action action = HealExamples.RESTART;
    for (HealResult last : of(results, HealOutcome.INTENT)) {
      Instant since = last.getAt().minus(action.attemptsWithin());
      assertThat(of(results, HealOutcome.INTENT))
          .filteredOn(other -> other.getAt().isAfter(since))
          .filteredOn(other -> !other.getAt().isAfter(last.getAt()))
          .hasSizeLessThanOrEqualTo(action.maxAttempts());
    }
  }

  private static void refusedPlansNeverExecute(List<HealResult> results) {
    Set<String> both = new HashSet<>(planIds(results, HealOutcome.REFUSED));
    both.retainAll(planIds(results, HealOutcome.INTENT));
    assertThat(both).isEmpty();
  }

  private static void cooldownsHold(List<HealResult> results) {
    Instant rested = Instant.MIN;
    for (HealResult result : results) {
      if (result.getOutcome() == HealOutcome.INTENT) {
        assertThat(result.getAt()).isAfterOrEqualTo(rested);
      } else if (result.getExitCode() != null) {
        rested = result.getAt().plus(HealExamples.RESTART.cooldown());
      }
    }
  }

  private static final int TARGETS = 6;

  private static HealPlan planOf(Scene scene, int number) {
    HealPlan plan = HealExamples.plan("plan-" + number);
    plan.setTargetId("endpoint/t-" + number % TARGETS);
    plan.setPriority(Priority.values()[number % 4]);
    plan.setCreatedAt(scene.clock.instant());
    plan.setNotAfter(scene.clock.instant().plusSeconds(300));
    return plan;
  }

  private static HealingConfig tight() {
    String[] targets =
        IntStream.range(0, TARGETS).mapToObj(one -> "endpoint/t-" + one).toArray(String[]::new);
    Limit one = new Limit(1, null);
    return new HealingConfig(
        Mode.AUTO,
        null,
        List.of(HealExamples.action("restart-shop", HealExamples.RESTART.does(), targets)),
        null,
        new BlastRadius(one, null, new Limit(2, null), new Limit(3, null), null, null),
        new Rate(8, Duration.ofMinutes(10)),
        new Evidence(0.0, null, 0.0, null),
        null,
        new Autonomy(0.0),
        null,
        Map.of("north", List.of("endpoint/t-0", "endpoint/t-1", "endpoint/t-2")),
        null,
        null);
  }

  @Property(tries = 200)
  void neverMoreInFlightThanTheLimitsAllow(@ForAll("stories") List<Step> story) {
    Deque<Runnable> work = new ArrayDeque<>();
    Scene scene = new Scene(tight(), work::add);
    for (int one = 0; one < TARGETS; one++) {
      String service = "s-" + one / 2;
      scene.resource(
          HealExamples.resource("endpoint/t-" + one, ResourceKind.ENDPOINT, null, service));
    }
    for (Step step : story) {
      scene.exitCode(step.exitCode()).pass(Duration.ofSeconds(step.afterSeconds() % 20));
      if (step.what() == 0) {
        work.clear();
        scene.start();
      } else {
        for (int one = 0; one < TARGETS; one++) {
          Health health = (step.what() + one) % 5 == 1 ? Health.UP : Health.DOWN;
          scene.probe(
              HealExamples.probe("endpoint/t-" + one, "agent", health, scene.clock.instant()));
        }
        scene.plan(planOf(scene, step.planNumber()));
        for (int left = step.planNumber() % 4; left > 0 && !work.isEmpty(); left--) {
          work.poll().run();
        }
        scene.tick();
      }
      Ledger rebuilt = Ledger.of(scene.log.results());
      List<HealResult> acting = rebuilt.acting(Instant.MAX);
      atMost(1, acting, HealResult::getService);
      atMost(
          2, acting.stream().filter(one -> !one.getZone().isEmpty()).toList(), HealResult::getZone);
      atMost(1, acting, HealResult::getTargetId);
      assertThat(acting).hasSizeLessThanOrEqualTo(3);
      assertThat(rebuilt.begunAfter(scene.clock.instant().minus(Duration.ofMinutes(10))))
          .isLessThanOrEqualTo(8);
    }
  }

  private static void atMost(
      int most, List<HealResult> acting, Function<HealResult, String> group) {
    acting.stream()
        .collect(Collectors.groupingBy(group, Collectors.counting()))
        .forEach((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(most));
  }

  @Property(tries = 200)
  void aLedgerRebuiltIsTheLedgerKept(@ForAll("stories") List<Step> story) {
    Ledger kept = new Ledger();
    List<HealResult> written = new ArrayList<>();
    HealOutcome[] outcomes = HealOutcome.values();
    Instant now = HealExamples.NOON;
    for (Step step : story) {
      now = now.plusSeconds(step.afterSeconds());
      HealResult result =
          HealExamples.result("plan-" + step.planNumber() % 8, outcomes[step.what() % 9], now);
      result.setTargetId("endpoint/t-" + step.planNumber() % 8 % 3);
      kept.add(result);
      written.add(result);
    }
    Ledger rebuilt = Ledger.of(written);
    Ledger twice = Ledger.of(written);
    written.forEach(twice::add);
    for (Ledger other : List.of(rebuilt, twice)) {
      assertThat(other.latest()).isEqualTo(kept.latest());
      assertThat(other.unfinished()).isEqualTo(kept.unfinished());
      for (Instant since : List.of(HealExamples.NOON, now.minusSeconds(600), now)) {
        assertThat(other.begunAfter(since)).isEqualTo(kept.begunAfter(since));
        assertThat(other.acting(since)).containsExactlyInAnyOrderElementsOf(kept.acting(since));
      }
      for (int one = 0; one < 3; one++) {
        String target = "endpoint/t-" + one;
        assertThat(other.underWay(target).isPresent()).isEqualTo(kept.underWay(target).isPresent());
        assertThat(other.lastAction(target)).isEqualTo(kept.lastAction(target));
        assertThat(other.awaiting(target)).isEqualTo(kept.awaiting(target));
      }
    }
  }

  private static List<HealResult> of(List<HealResult> results, HealOutcome outcome) {
    return results.stream().filter(result -> result.getOutcome() == outcome).toList();
  }

  private static long count(List<HealResult> results, HealOutcome outcome) {
    return of(results, outcome).size();
  }

  private static Set<String> planIds(List<HealResult> results, HealOutcome outcome) {
    return of(results, outcome).stream().map(HealResult::getPlanId).collect(Collectors.toSet());
  }
}
