package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.Edge;
import io.tocsin.alerting.detect.EdgeDifference;
import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares a figure at both ends of the depends-on edges, window by window, as soon as both ends'
 * windows of one time are there. What callers measure beyond what the called end does is spent on
 * the way to it, so the alert speaks of the called end.
 *
 * <p>Callers whose window comes later change the judgement of the window: what is said of a window
 * in the end depends on the figures alone, not on their order.
 */
final class Differences {

  /** Callers of one resource that are looked at, and resources that one calls; ours. */
  static final int MOST_PARTNERS = 64;

  private final EdgeDetector detector;
  private final Episodes episodes;

  Differences(EdgeDetector detector, Episodes episodes) {
    this.detector = detector;
    this.episodes = episodes;
  }

  void onFact(
      Rule rule,
      Outcome.Fact fact,
      Graph graph,
      Instant now,
      RelationStore store,
      List<Outcome> out) {
    if (fact.caller() != null) {
      call(rule, fact, now, store, out);
      return;
    }
    String key = key(fact.resourceId(), fact.series());
    Outcome.Fact known = store.fact(key);
    if (known != null && fact.at().isBefore(known.at())) {
      out.add(new Outcome.Held(rule.name(), Reason.OUT_OF_ORDER));
      return;
    }
    boolean same = known != null && fact.at().equals(known.at());
    Outcome.Fact newest = same && known.value() > fact.value() ? known : fact;
    store.fact(key, newest);
    List<Outcome.Fact> callees = others(newest, graph.directDependencies(node(fact)), graph, store);
    List<Outcome.Fact> callers = others(newest, graph.directDependants(node(fact)), graph, store);
    if (callees.isEmpty() && callers.isEmpty()) {
      out.add(new Outcome.Held(rule.name(), Reason.OTHER_END_MISSING));
    } else if (Math.max(callees.size(), callers.size()) > MOST_PARTNERS) {
      out.add(new Outcome.Held(rule.name(), Reason.TOO_MANY_RELATIONS));
    }
    compare(rule, newest, callers, now, store, out);
    for (Outcome.Fact callee : callees.subList(0, Math.min(callees.size(), MOST_PARTNERS))) {
      SortedSet<String> services = graph.directDependants(node(callee));
      compare(rule, callee, others(callee, services, graph, store), now, store, out);
    }
  }

  private void compare(
      Rule rule,
      Outcome.Fact callee,
      List<Outcome.Fact> callers,
      Instant now,
      RelationStore store,
      List<Outcome> out) {
    if (callers.isEmpty()) {
      return;
    }
    EdgeTick tick = tick(callee, callers.subList(0, Math.min(callers.size(), MOST_PARTNERS)));
    judge(rule, callee, tick, now, store, out);
  }

  /**
   * One observation knows both ends of a call; other callers of the window may be known already.
   */
  private void call(
      Rule rule, Outcome.Fact fact, Instant now, RelationStore store, List<Outcome> out) {
    EdgeLearnt known = store.learnt(key(fact.resourceId(), fact.series()));
    boolean same = known != null && known.newest().at().equals(fact.at());
    if (known != null && fact.at().isBefore(known.newest().at())) {
      out.add(new Outcome.Held(rule.name(), Reason.OUT_OF_ORDER));
      return;
    }
    EdgeTick tick =
        same
            ? known.newest()
            : new EdgeTick(fact.resourceId(), fact.at(), List.of(), List.of(), List.of());
    if (tick.callers().size() >= MOST_PARTNERS && !tick.callers().contains(fact.caller())) {
      out.add(new Outcome.Held(rule.name(), Reason.TOO_MANY_RELATIONS));
      return;
    }
    EdgeTick more = tick.with(fact.caller(), fact.value(), fact.callee());
    judge(rule, fact, more, now, store, out);
  }

  private void judge(
      Rule rule,
      Outcome.Fact callee,
      EdgeTick tick,
      Instant now,
      RelationStore store,
      List<Outcome> out) {
    String key = key(callee.resourceId(), callee.series());
    EdgeLearnt learnt = learn(rule, tick, store.learnt(key));
    store.learnt(key, learnt);
    Subject subject = subject(rule, callee);
    Fields derived = detector.judge(learnt.past(), tick).figures();
    Fields figures = subject.with(Derivations.over(derived, ends(tick, derived)));
    SeriesState was = store.series(key);
    Verdict verdict = Verdict.of(rule, figures);
    if (was != null || verdict == Verdict.BAD) {
      was = was == null ? SeriesState.of(subject, rule.version()) : was;
      Instant at = callee.at();
      Judgement judgement = Judgement.of(verdict, at, at, figures, now).replacing(freshFor(learnt));
      SeriesState state = episodes.judge(rule, was, judgement, out);
      store.series(key, state.isIdle() ? null : state);
    } else if (verdict == Verdict.UNKNOWN) {
      out.add(new Outcome.Held(rule.name(), Reason.UNKNOWN));
    }
  }

  /** How long a window speaks for the calls, in milliseconds: a few times as long as it takes. */
  private static long freshFor(EdgeLearnt learnt) {
    long step = 0;
    for (Edge edge : learnt.past().edges()) {
      step = Math.max(step, learnt.newest().at().toEpochMilli() - edge.at());
    }
    EvaluationSettings settings = EvaluationSettings.DEFAULT;
    return Math.max(settings.unheard().toMillis(), settings.missed() * step);
  }

  private EdgeLearnt learn(Rule rule, EdgeTick tick, EdgeLearnt known) {
    String derivation = Derivations.name(rule);
    if (known == null || !known.derivation().equals(derivation)) {
      return new EdgeLearnt(derivation, EdgeDifference.State.of(tick.callee()), tick);
    }
    boolean newer = tick.at().isAfter(known.newest().at());
    EdgeDifference.State past =
        newer ? detector.judge(known.past(), known.newest()).past() : known.past();
    return new EdgeLearnt(derivation, past, tick);
  }

  /** What is known at the other ends, of the same window, in alphabetical order. */
  private static List<Outcome.Fact> others(
      Outcome.Fact fact, Iterable<String> services, Graph graph, RelationStore store) {
    List<Outcome.Fact> others = new ArrayList<>();
    for (String id : ends(graph, services, isRollup(fact))) {
      Outcome.Fact other = store.fact(key(id, fact.series()));
      if (other != null
          && other.at().equals(fact.at())
          && !other.resourceId().equals(fact.resourceId())) {
        others.add(other);
      }
    }
    return others;
  }

  /** A service's own figures are compared with services', a resource's with resources'. */
  private static SortedSet<String> ends(Graph graph, Iterable<String> services, boolean rollups) {
    SortedSet<String> ends = new TreeSet<>();
    for (String service : services) {
      if (rollups) {
        ends.add("service/" + service);
      } else {
        ends.addAll(graph.members(service));
        ends.add(service);
      }
    }
    return ends;
  }

  private static boolean isRollup(Outcome.Fact fact) {
    return fact.service() != null && fact.resourceId().equals("service/" + fact.service());
  }

  private static String node(Outcome.Fact fact) {
    return fact.service() == null ? fact.resourceId() : fact.service();
  }

  private static EdgeTick tick(Outcome.Fact callee, List<Outcome.Fact> callers) {
    return new EdgeTick(
        callee.resourceId(),
        callee.at(),
        callers.stream().map(Outcome.Fact::resourceId).toList(),
        callers.stream().map(Outcome.Fact::value).toList(),
        Collections.nCopies(callers.size(), callee.value()));
  }

  /** Both ends, of the caller that sees the least of it; the difference of the one that decided. */
  private static Fields ends(EdgeTick tick, Fields derived) {
    int least = tick.least();
    double found = derived.number("difference");
    return name ->
        switch (name) {
          case "difference" -> Double.isNaN(found) ? (Double) tick.difference(least) : found;
          case "caller" -> tick.atCallers().get(least);
          case "callee" -> tick.atCallees().get(least);
          default -> null;
        };
  }

  private static Subject subject(Rule rule, Outcome.Fact callee) {
    return new Subject(
        rule.name(),
        rule.signal(),
        callee.resourceId(),
        callee.kind(),
        callee.series(),
        callee.service(),
        callee.tier(),
        Map.of(),
        callee.resourceId());
  }

  /** Ids of resources have no bar. */
  static String key(String resourceId, String rest) {
    return resourceId + "|" + rest;
  }
}
