package io.tocsin.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LifecycleProperties {

  /** A probe, an answer to the newest plan, or a look at the clock; which may run backwards. */
  record Input(int what, int seconds, Health health, HealOutcome outcome) {}

  @Provide
  Arbitrary<List<Input>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(-2, 20),
            Arbitraries.of(Health.class),
            Arbitraries.of(HealOutcome.class))
        .as(Input::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void everyHistoryKeepsThePromises(@ForAll("histories") List<Input> history) {
    List<Step> steps = run(history);
    Map<String, Integer> versions = new HashMap<>();
    Set<String> resolved = new HashSet<>();
    Set<String> plans = new HashSet<>();
    String open = null;
    for (Step step : steps) {
      for (Decision decision : step.decisions()) {
        if (decision instanceof Decision.Act act) {
          assertThat(plans.add(act.plan().getId())).as("each plan is made once").isTrue();
          assertThat(act.plan().getAttempt()).isLessThanOrEqualTo(Rules.RESTART.maxAttempts());
        } else if (decision instanceof Decision.Change change) {
          Incident incident = change.incident();
          assertThat(open == null || open.equals(incident.getId())).as("one at a time").isTrue();
          assertThat(resolved).as("a resolved one stays so").doesNotContain(incident.getId());
          assertThat(incident.getVersion())
              .isEqualTo(versions.merge(incident.getId(), 1, Integer::sum));
          boolean over = incident.getState() == IncidentState.RESOLVED;
          open = over ? null : incident.getId();
          if (over) {
            resolved.add(incident.getId());
          }
        }
      }
      assertThat(step.track().isOpen()).isEqualTo(open != null);
    }
  }

  @Property
  void withoutAGoodSignalNothingIsEverResolved(@ForAll("histories") List<Input> history) {
    List<Input> neverUp =
        history.stream()
            .map(
                input ->
                    input.health() == Health.UP
                        ? new Input(input.what(), input.seconds(), Health.UNKNOWN, input.outcome())
                        : input)
            .toList();
    assertThat(run(neverUp))
        .flatExtracting(Step::decisions)
        .noneMatch(
            decision ->
                decision instanceof Decision.Change change
                    && change.incident().getState() == IncidentState.RESOLVED);
  }

  @Property
  void theSameHistoryTwiceIsTheSame(@ForAll("histories") List<Input> history) {
    assertThat(run(history)).isEqualTo(run(history));
  }

  @Property
  void theOrderOfProbesOfTheSameTimeDoesNotMatter(
      @ForAll List<Health> healths, @ForAll boolean waits, @ForAll boolean open) {
    Lifecycle lifecycle = new Lifecycle(Rules.availability(waits ? 5 : 0, 5));
    Track start =
        open
            ? probe(new Lifecycle(Rules.availability(0, 5)), Track.NEW, 0, Health.DOWN).track()
            : Track.NEW;
    List<Health> sorted = new ArrayList<>(healths);
    sorted.sort(null);
    assertThat(all(lifecycle, start, healths)).isEqualTo(all(lifecycle, start, sorted));
  }

  private static Track all(Lifecycle lifecycle, Track start, List<Health> healths) {
    Track track = start;
    for (Health health : healths) {
      track = probe(lifecycle, track, 1, health).track();
    }
    return track;
  }

  private static Step probe(Lifecycle lifecycle, Track track, int second, Health health) {
    Signal signal = Signal.of(Examples.probe(health, Timeline.at(second)));
    return lifecycle.onSignal(track, signal, Timeline.at(second));
  }

  private static List<Step> run(List<Input> history) {
    Lifecycle lifecycle = new Lifecycle(Rules.availability(3, 3, Rules.RESTART));
    List<Step> steps = new ArrayList<>();
    Track track = Track.NEW;
    HealPlan plan = null;
    int second = 0;
    for (Input input : history) {
      second += input.seconds();
      Step step;
      if (input.what() == 0) {
        step = lifecycle.onDeadline(track, Timeline.at(second));
      } else if (input.what() < 4 && plan != null && track.heal() != null) {
        step =
            lifecycle.onResult(track, result(plan, input.outcome(), second), Timeline.at(second));
      } else {
        step = probe(lifecycle, track, second, input.health());
      }
      track = step.track();
      steps.add(step);
      for (Decision decision : step.decisions()) {
        plan = decision instanceof Decision.Act act ? act.plan() : plan;
      }
    }
    return steps;
  }

  private static HealResult result(HealPlan plan, HealOutcome outcome, int second) {
    return HealResult.newBuilder()
        .setPlanId(plan.getId())
        .setIncidentId(plan.getIncidentId())
        .setAttempt(plan.getAttempt())
        .setAction(plan.getAction())
        .setTargetId(plan.getTargetId())
        .setOutcome(outcome)
        .setReason("because")
        .setAt(Timeline.at(second))
        .build();
  }
}
