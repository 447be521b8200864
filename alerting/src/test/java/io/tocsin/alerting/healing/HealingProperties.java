package io.tocsin.alerting.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
