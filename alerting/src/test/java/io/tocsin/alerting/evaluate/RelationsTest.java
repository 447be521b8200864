package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

class RelationsTest {

  private static final Rule EDGE =
      TestRules.rule(
          "edge",
          SignalKind.LATENCY,
          new Derivation.Difference("mean_ms"),
          TestRules.above("difference", 100),
          null,
          0,
          0);

  private static final Rule CHAIN =
      TestRules.rule(
          "chain",
          SignalKind.BOTTLENECK,
          new Derivation.Sequence(List.of("cpu", "slow", "errors"), Duration.ofMinutes(5)),
          TestRules.above("steps", 2),
          null,
          0,
          0);

  private Graph graph;
  private HeapRelationStore store;
  private final Relations relations =
      new Relations(
          new TestDetectors(), (rule, subject, figures) -> rule.name() + subject.series());
  private List<Outcome> all;

  @BeforeTry
  void start() {
    graph = new Graph();
    store = new HeapRelationStore();
    all = new ArrayList<>();
    graph.put(resource("host/a", null, null));
    graph.put(resource("container/web", "host/a", "web", "db"));
    graph.put(resource("container/db", "host/b", "db"));
    graph.put(resource("endpoint/web", null, "web"));
    graph.put(resource("host/z", null, null));
  }

  @Example
  void whatTheCallerMeasuresBeyondTheCalledEndNamesTheCalledEnd() {
    fact(0, "container/web", "web", 150);
    fact(0, "container/db", "db", 20);
    assertThat(Scene.words(all)).containsExactly("FIRING 0");
    Alert alert = last();
    assertThat(alert.getResourceId()).isEqualTo("container/db");
    assertThat(alert.getFaultyEnd()).isEqualTo("container/db");
    assertThat(alert.getSeries()).isEqualTo("10s");
    fact(10, "container/db", "db", 140);
    fact(10, "container/web", "web", 150);
    assertThat(Scene.words(all)).containsExactly("FIRING 0", "CLEARED 0");
  }

  @Example
  void callsThatAreNoLongerHeardOfAreUnknown() {
    fact(0, "container/web", "web", 150);
    fact(0, "container/db", "db", 20);
    assertThat(relations.nextTimer(store)).isEqualTo(Scene.at(300));
    all.addAll(relations.onTimer(EDGE, Scene.at(299), store));
    all.addAll(relations.onTimer(EDGE, Scene.at(300), store));
    all.addAll(relations.onTimer(EDGE, Scene.at(900), store));
    assertThat(relations.nextTimer(store)).isNull();
    fact(1_000, "container/web", "web", 150);
    fact(1_000, "container/db", "db", 20);
    assertThat(Scene.words(all)).containsExactly("FIRING 0", "UNKNOWN 0", "FIRING 0");
  }

  @Example
  void onlyFiguresOfOneTimeAreCompared() {
    fact(0, "container/db", "db", 20);
    fact(10, "container/web", "web", 150);
    assertThat(Scene.words(all)).isEmpty();
    assertThat(all).contains(new Outcome.Held("edge", Reason.OTHER_END_MISSING));
  }

  @Property(tries = 100)
  void whichEndComesFirstDoesNotMatter(@ForAll Random random) {
    List<Runnable> facts =
        new ArrayList<>(
            List.of(
                () -> fact(0, "container/web", "web", 150),
                () -> fact(0, "container/web", "web", 90),
                () -> fact(0, "container/db", "db", 20),
                () -> fact(0, "container/db", "db", 15)));
    Collections.shuffle(facts, random);
    facts.forEach(Runnable::run);
    fact(10, "container/web", "web", 10);
    fact(10, "container/db", "db", 10);
    EdgeLearnt learnt = store.learnt("container/db|10s");
    assertThat(learnt.past().edges().get(0).differences().values()).containsExactly(130);
    assertThat(learnt.newest().atCallers()).containsExactly(10.0);
    assertThat(Scene.words(all)).containsExactly("FIRING 0", "CLEARED 0");
  }

  @Property(tries = 100)
  void theOrderOfCallsThatAreSeenFromBothEndsDoesNotMatter(@ForAll Random random) {
    List<Runnable> calls =
        new ArrayList<>(
            List.of(
                () -> call("container/web", 150, 20),
                () -> call("container/web", 90, 20),
                () -> call("container/app", 140, 25)));
    Collections.shuffle(calls, random);
    calls.forEach(Runnable::run);
    EdgeTick newest = store.learnt("container/db|10s").newest();
    assertThat(newest.callers()).containsExactly("container/app", "container/web");
    assertThat(newest.atCallers()).containsExactly(140.0, 150.0);
    assertThat(newest.atCallees()).containsExactly(25.0, 20.0);
    assertThat(store.series("container/db|10s").shown().since()).isEqualTo(Scene.at(0));
  }

  private void call(String caller, double atCaller, double atCallee) {
    Outcome.Fact fact =
        new Outcome.Fact(
            "edge",
            "container/db",
            ResourceKind.CONTAINER,
            "10s",
            "db",
            Tier.CORE,
            Scene.at(0),
            atCaller,
            caller,
            atCallee);
    all.addAll(relations.onFact(EDGE, fact, graph, Scene.at(0), store));
  }

  @Property(tries = 100)
  void allCallersHaveToSeeIt(@ForAll Random random) {
    graph.put(resource("container/app", "host/a", "app", "db"));
    List<Runnable> facts =
        new ArrayList<>(
            List.of(
                () -> fact(0, "container/web", "web", 150),
                () -> fact(0, "container/app", "app", 30),
                () -> fact(0, "container/db", "db", 20)));
    Collections.shuffle(facts, random);
    facts.forEach(Runnable::run);
    assertThat(store.series("container/db|10s")).as(Scene.words(all).toString()).isNull();
    fact(10, "container/db", "db", 20);
    fact(10, "container/app", "app", 130);
    fact(10, "container/web", "web", 150);
    assertThat(store.series("container/db|10s").shown().since()).isEqualTo(Scene.at(10));
  }

  @Example
  void anEdgeEndsWithItsResourceAndARuleWithAll() {
    fact(0, "container/web", "web", 150);
    fact(0, "container/db", "db", 20);
    all.addAll(relations.onResourceGone(EDGE, "container/db", Scene.at(5), store));
    assertThat(Scene.words(all)).containsExactly("FIRING 0", "CLEARED 0");
    assertThat(store.seriesKeys()).isEmpty();
    assertThat(store.learntKeys()).isEmpty();
    fact(10, "container/web", "web", 150);
    fact(10, "container/db", "db", 20);
    all.addAll(relations.onRule(null, Scene.at(15), store));
    assertThat(Scene.words(all))
        .containsExactly("FIRING 0", "CLEARED 0", "FIRING 10", "CLEARED 10");
  }

  @Example
  void alertsThatFollowEachOtherOnRelatedResourcesAreASequence() {
    alert("cpu", "host/a", 0, 5, AlertState.FIRING);
    alert("slow", "container/web", 10, 12, AlertState.FIRING);
    alert("errors", "endpoint/web", 20, 21, AlertState.FIRING);
    assertThat(Scene.words(all)).containsExactly("FIRING 0");
    assertThat(last().getResourceId()).isEqualTo("host/a");
    assertThat(last().getEvidence())
        .contains(
            "cpu on host/a, then slow on container/web (the one before is what container/web runs"
                + " on), then errors on endpoint/web (the one before belongs to service web as"
                + " endpoint/web does)");
    alert("cpu", "host/a", 0, 30, AlertState.CLEARED);
    alert("slow", "container/web", 10, 31, AlertState.CLEARED);
    assertThat(Scene.words(all)).containsExactly("FIRING 0");
    alert("errors", "endpoint/web", 20, 32, AlertState.CLEARED);
    assertThat(Scene.words(all)).containsExactly("FIRING 0", "CLEARED 0");
  }

  @Example
  void anotherOrderOrTooMuchTimeOrNoRelationIsNoSequence() {
    alert("errors", "endpoint/web", 0, 0, AlertState.FIRING);
    alert("slow", "container/web", 10, 10, AlertState.FIRING);
    alert("cpu", "host/a", 20, 20, AlertState.FIRING);
    alert("slow", "host/z", 25, 25, AlertState.FIRING);
    alert("errors", "host/z", 26, 26, AlertState.FIRING);
    alert("slow", "endpoint/web", 30, 30, AlertState.FIRING);
    alert("errors", "container/web", 321, 321, AlertState.FIRING);
    assertThat(Scene.words(all)).isEmpty();
  }

  @Property(tries = 100)
  void theOrderOfAlertsDoesNotMatter(@ForAll Random random) {
    List<Runnable> alerts =
        new ArrayList<>(
            List.of(
                () -> alert("cpu", "host/a", 0, 50, AlertState.FIRING),
                () -> alert("cpu", "host/z", 0, 50, AlertState.FIRING),
                () -> alert("slow", "container/web", 0, 50, AlertState.FIRING),
                () -> alert("slow", "endpoint/web", 1, 50, AlertState.FIRING),
                () -> alert("errors", "endpoint/web", 1, 50, AlertState.FIRING),
                () -> alert("errors", "host/z", 1, 50, AlertState.FIRING)));
    Collections.shuffle(alerts, random);
    alerts.forEach(Runnable::run);
    assertThat(Scene.words(all)).containsExactly("FIRING 0");
    assertThat(last().getResourceId()).isEqualTo("host/a");
    assertThat(last().getAt()).isEqualTo(Scene.at(50));
  }

  @Example
  void alertsWithoutEndDoNotUseUpTheMemory() {
    for (int i = 0; i < 600; i++) {
      alert("cpu", "host/" + i, 0, 0, AlertState.FIRING);
    }
    assertThat(store.stepIds()).hasSize(Sequences.MOST_STEPS);
    assertThat(all).contains(new Outcome.Held("chain", Reason.TOO_MANY_RELATIONS));
    for (int i = 0; i < 600; i++) {
      alert("cpu", "host/" + i, 0, 1, AlertState.CLEARED);
    }
    alert("cpu", "host/a", 1_000, 1_000, AlertState.FIRING);
    assertThat(store.stepIds()).hasSize(1);
  }

  private void fact(double second, String id, String service, double value) {
    Outcome.Fact fact =
        new Outcome.Fact(
            "edge",
            id,
            ResourceKind.CONTAINER,
            "10s",
            service,
            Tier.CORE,
            Scene.at(second),
            value,
            null,
            null);
    all.addAll(relations.onFact(EDGE, fact, graph, Scene.at(second), store));
  }

  private void alert(String rule, String id, double since, double at, AlertState state) {
    all.addAll(
        relations.onAlert(CHAIN, TestAlerts.alert(rule, id, since, at, state), graph, store));
  }

  private Alert last() {
    List<Alert> alerts = Scene.alerts(all);
    return alerts.get(alerts.size() - 1);
  }

  private static Resource resource(String id, String parent, String service, String... needs) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(ResourceKind.UNSPECIFIED)
        .setName(id)
        .setParent(parent)
        .setService(service)
        .setDependsOn(List.of(needs))
        .setUpdatedAt(Scene.at(0))
        .build();
  }
}
