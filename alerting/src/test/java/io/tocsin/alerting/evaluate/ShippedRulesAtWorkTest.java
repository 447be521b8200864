package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.replay.test.Expectation;
import io.tocsin.alerting.replay.test.Expectation.ExpectedAlert;
import io.tocsin.alerting.replay.test.RuleTest;
import io.tocsin.alerting.replay.test.RuleTestReader;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests of the shipped rules, as far as alerts go. */
class ShippedRulesAtWorkTest {

  private static final Path RULES = Path.of("../deploy/rules");

  @TestFactory
  Stream<DynamicTest> everyTestOfTheShippedRulesHasItsAlerts() throws IOException {
    List<Rule> rules =
        new RuleReader().read(files(RULES)).rules().stream().map(LoadedRule::rule).toList();
    RuleTestReader reader = new RuleTestReader(rules);
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files(RULES.resolve("tests"))) {
      for (RuleTest test : reader.read(file.toString(), Files.readString(file)).tests()) {
        tests.add(DynamicTest.dynamicTest(test.name(), () -> new Run(rules, test).check()));
      }
    }
    return tests.stream();
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** One test, one step of the clock after the other. */
  private static final class Run {

    private final RuleTest test;
    private final RuleSet rules;
    private final Graph graph = new Graph();
    private final Evaluator evaluator;
    private final Relations relations =
        new Relations(new ShippedDetectors(), new TemplateWording());
    private final Map<String, HeapEvaluationStore> stores = new TreeMap<>();
    private final Map<String, HeapRelationStore> relationStores = new TreeMap<>();
    private final Map<String, Alert> shown = new TreeMap<>();

    Run(List<Rule> all, RuleTest test) {
      this.test = test;
      this.rules =
          RuleSet.of(
              all.stream()
                  .filter(rule -> test.rules().isEmpty() || test.rules().contains(rule.name()))
                  .toList());
      this.evaluator =
          new Evaluator(
              RuleSource.of(() -> rules),
              new ShippedDetectors(),
              new TemplateWording(),
              EvaluationSettings.DEFAULT,
              test.start().minusSeconds(3_600));
    }

    void check() {
      for (var resource : test.resources()) {
        Resource record = resource.asResource(test.start());
        graph.put(record);
        take(evaluator.onResource(record, test.start(), store(record.getId())), test.start());
      }
      Deque<Observation> left = new ArrayDeque<>(test.observations());
      for (Expectation expectation : test.expectations()) {
        Instant until = test.start().plus(expectation.at());
        while (!left.isEmpty() && !left.peek().at().isAfter(until)) {
          Observation seen = left.poll();
          timers(seen.at());
          take(evaluator.onObservation(seen, seen.at(), store(seen.resourceId())), seen.at());
        }
        timers(until);
        if (expectation.alerts() != null) {
          check(expectation);
        }
      }
    }

    private void check(Expectation expectation) {
      List<String> wanted = new ArrayList<>();
      List<String> told = new ArrayList<>();
      for (ExpectedAlert alert : expectation.alerts()) {
        AlertState state = alert.state() == null ? AlertState.FIRING : alert.state();
        wanted.add(alert.rule() + " " + alert.resource() + " " + state);
        assertThat(shown.values())
            .as("at " + expectation.at() + ", line " + expectation.line())
            .anyMatch(
                one ->
                    one.getRule().equals(alert.rule())
                        && (alert.summary() == null || one.getSummary().equals(alert.summary()))
                        && (alert.faultyEnd() == null
                            || alert.faultyEnd().equals(one.getFaultyEnd())));
      }
      for (Alert alert : shown.values()) {
        boolean counts =
            alert.getState() != AlertState.PENDING && alert.getState() != AlertState.CLEARED;
        String word = alert.getRule() + " " + alert.getResourceId() + " " + alert.getState();
        if (counts || wanted.contains(word)) {
          told.add(word);
        }
      }
      assertThat(told)
          .as("at " + expectation.at() + ", line " + expectation.line())
          .containsExactlyInAnyOrderElementsOf(wanted);
    }

    private void timers(Instant until) {
      for (HeapEvaluationStore store : stores.values()) {
        while (store.nextTimer() != null && !store.nextTimer().isAfter(until)) {
          Instant due = store.takeTimer();
          take(evaluator.onTimer(due, store), due);
        }
      }
    }

    private void take(List<Outcome> outcomes, Instant now) {
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Fact fact) {
          Rule rule = rules.byName(fact.rule()).orElseThrow();
          take(relations.onFact(rule, fact, graph, now, relationStore(fact.rule())), now);
        } else if (outcome instanceof Outcome.Changed changed) {
          Alert alert = changed.alert();
          shown.put(alert.getId(), alert);
          for (Rule rule : rules.sequencesOf(alert.getRule())) {
            take(relations.onAlert(rule, alert, graph, relationStore(rule.name())), now);
          }
        }
      }
    }

    private HeapEvaluationStore store(String resourceId) {
      return stores.computeIfAbsent(resourceId, id -> new HeapEvaluationStore());
    }

    private HeapRelationStore relationStore(String rule) {
      return relationStores.computeIfAbsent(rule, name -> new HeapRelationStore());
    }
  }
}
