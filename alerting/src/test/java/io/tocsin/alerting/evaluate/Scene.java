package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line per step: what is seen at which second after noon, and what has to follow. Alerts are
 * written as {@code FIRING 12}, with the second at which their episode began. The wall clock goes
 * with event time unless a step says otherwise.
 */
final class Scene implements RuleSource {

  static final String ID = "endpoint/shop";

  private final Map<String, Rule> rules = new TreeMap<>();
  private final List<Outcome> all = new ArrayList<>();
  private List<Outcome> last = List.of();
  private HeapEvaluationStore store = new HeapEvaluationStore();
  private Evaluator evaluator;

  Scene(Rule... first) {
    start(-3_600);
    for (Rule rule : first) {
      rules.put(rule.name(), rule);
    }
  }

  /** Starts anew, with what is in the store. */
  Scene start(double second) {
    evaluator =
        new Evaluator(
            this,
            new TestDetectors(),
            (rule, subject, figures) -> rule.name() + " on " + subject.resourceId(),
            EvaluationSettings.DEFAULT,
            at(second));
    return this;
  }

  Scene value(double second, double value) {
    return see(number(second, value), second);
  }

  Scene late(double second, double value, double now) {
    return see(number(second, value), now);
  }

  Scene missing(double second) {
    return see(observation(SignalKind.APPLICATION, second, 0, Map.of(), Fields.NONE), second);
  }

  /** A probe that speaks for 3 s; null if it could not tell. */
  Scene up(double second, Boolean up) {
    Fields fields = name -> "up".equals(name) ? up : null;
    return see(observation(SignalKind.HEALTH, second, 3_000, Map.of(), fields), second);
  }

  Scene window(double second, double value, boolean isFinal, double now) {
    return see(window(second, value, isFinal), now);
  }

  Scene see(Observation seen, double now) {
    timers(now);
    return take(evaluator.onObservation(seen, at(now), store));
  }

  /** The wall clock goes on to this second; timers are called when they are due. */
  Scene clock(double second) {
    last = new ArrayList<>();
    timers(second);
    return this;
  }

  Scene lateTimer(double second) {
    store.takeTimer();
    return take(evaluator.onTimer(at(second), store));
  }

  Scene inventory(double second, long intervalMs) {
    timers(second);
    return take(evaluator.onResource(resource(intervalMs), at(second), store));
  }

  Scene gone(double second) {
    return take(evaluator.onResource(null, at(second), store));
  }

  Scene rules(double second, Rule... newest) {
    rules.clear();
    for (Rule rule : newest) {
      rules.put(rule.name(), rule);
    }
    return take(evaluator.onRules(at(second), store));
  }

  /** What the last step led to, but for what was held. */
  Scene tells(String... wanted) {
    assertThat(words(last)).containsExactly(wanted);
    return this;
  }

  Scene holds(Reason... wanted) {
    assertThat(last)
        .filteredOn(Outcome.Held.class::isInstance)
        .extracting(outcome -> ((Outcome.Held) outcome).reason())
        .containsExactly(wanted);
    return this;
  }

  Scene remembersNoSeries() {
    assertThat(store.seriesKeys()).isEmpty();
    return this;
  }

  Alert alert() {
    List<Alert> alerts = alerts(all);
    return alerts.get(alerts.size() - 1);
  }

  List<Outcome> all() {
    return all;
  }

  HeapEvaluationStore store() {
    return store;
  }

  Scene store(HeapEvaluationStore other) {
    store = other;
    return this;
  }

  static List<String> words(List<Outcome> outcomes) {
    return alerts(outcomes).stream()
        .map(alert -> alert.getState() + " " + seconds(alert.getSince()).replaceAll("\\.0$", ""))
        .toList();
  }

  static List<Alert> alerts(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Changed.class::isInstance)
        .map(outcome -> ((Outcome.Changed) outcome).alert())
        .toList();
  }

  static Instant at(double second) {
    return Examples.NOON.plusMillis(Math.round(second * 1_000));
  }

  static Resource resource(long intervalMs) {
    return Resource.newBuilder()
        .setId(ID)
        .setKind(ResourceKind.ENDPOINT)
        .setName("shop")
        .setService("shop")
        .setTier(Tier.CORE)
        .setIntervalMs(intervalMs)
        .setUpdatedAt(at(-1))
        .build();
  }

  static Observation number(double second, double value) {
    Fields fields = name -> "value".equals(name) ? value : null;
    return observation(SignalKind.APPLICATION, second, 0, Map.of(), fields);
  }

  static Observation window(double second, double value, boolean isFinal) {
    Fields fields = name -> "value".equals(name) ? value : null;
    Map<String, String> labels = Map.of("final", Boolean.toString(isFinal));
    return observation(SignalKind.APPLICATION, second, 0, labels, fields);
  }

  static Observation observation(
      SignalKind kind, double second, long freshForMs, Map<String, String> labels, Fields fields) {
    return new Observation(
        kind,
        ID,
        ResourceKind.ENDPOINT,
        "",
        "shop",
        Tier.CORE,
        labels,
        at(second),
        at(second),
        freshForMs,
        fields);
  }

  @Override
  public Iterable<Rule> matching(Observation seen) {
    return rules.values().stream()
        .filter(rule -> rule.signal() == seen.kind())
        .filter(
            rule ->
                rule.select().services().isEmpty()
                    || rule.select().services().contains(seen.service()))
        .filter(rule -> seen.labels().entrySet().containsAll(rule.select().labels().entrySet()))
        .toList();
  }

  @Override
  public Rule byName(String name) {
    return rules.get(name);
  }

  private void timers(double second) {
    while (store.nextTimer() != null && !store.nextTimer().isAfter(at(second))) {
      Instant due = store.takeTimer();
      List<Outcome> outcomes = evaluator.onTimer(due, store);
      all.addAll(outcomes);
      if (last instanceof ArrayList<Outcome>) {
        last.addAll(outcomes);
      }
    }
  }

  private Scene take(List<Outcome> outcomes) {
    last = List.copyOf(outcomes);
    all.addAll(outcomes);
    return this;
  }

  private static String seconds(Instant time) {
    return Double.toString(Duration.between(Examples.NOON, time).toMillis() / 1_000.0);
  }
}
