package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.SignalKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares a figure at both ends of each depends-on edge, window by window, as soon as both ends'
 * windows of one time are there. What the caller measures beyond what the called end does is spent
 * on the way to it, so the alert speaks of the called end; and as it has to be so for all that call
 * it, what was learnt is kept by called end.
 */
final class Differences {

  /** Others that one figure is compared with; replicas of replicas would be too many. */
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
      compare(rule, fact.caller(), fact.value(), fact, fact.callee(), now, store, out);
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
    String service = fact.service() == null ? fact.resourceId() : fact.service();
    int compared = 0;
    for (Outcome.Fact callee : others(newest, graph, graph.directDependencies(service), store)) {
      if (compared++ < MOST_PARTNERS) {
        compare(rule, newest.resourceId(), newest.value(), callee, callee.value(), now, store, out);
      }
    }
    for (Outcome.Fact caller : others(newest, graph, graph.directDependants(service), store)) {
      if (compared++ < MOST_PARTNERS) {
        compare(rule, caller.resourceId(), caller.value(), newest, newest.value(), now, store, out);
      }
    }
    if (compared == 0) {
      out.add(new Outcome.Held(rule.name(), Reason.OTHER_END_MISSING));
    } else if (compared > MOST_PARTNERS) {
      out.add(new Outcome.Held(rule.name(), Reason.TOO_MANY_RELATIONS));
    }
  }

  /** What is known at the other ends of the same window, in alphabetical order. */
  private static List<Outcome.Fact> others(
      Outcome.Fact fact, Graph graph, Iterable<String> services, RelationStore store) {
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

  private void compare(
      Rule rule,
      String caller,
      double seenByCaller,
      Outcome.Fact callee,
      double seenByCallee,
      Instant now,
      RelationStore store,
      List<Outcome> out) {
    String key = key(callee.resourceId(), callee.series());
    Instant at = callee.at();
    Learnt known = Learnt.of(store.learnt(key), Derivations.name(rule));
    Detector.Judged judged =
        detector.judge(known.memory(), at, caller, callee.resourceId(), seenByCaller, seenByCallee);
    store.learnt(key, known.newest(at, seenByCaller, seenByCallee, judged.memory(), null));
    Fields figures = Derivations.over(judged.figures(), ends(seenByCaller, seenByCallee));
    SeriesState was = store.series(key);
    Verdict verdict = Verdict.of(rule, figures);
    if (was != null || verdict == Verdict.BAD) {
      was = was == null ? SeriesState.of(subject(rule, caller, callee), rule.version()) : was;
      Judgement judgement = new Judgement(verdict, at, at, false, 0, figures, now);
      SeriesState state = episodes.judge(rule, was, judgement, out);
      store.series(key, state.isIdle() ? null : state);
    }
  }

  private static Fields ends(double caller, double callee) {
    return name ->
        switch (name) {
          case "difference" -> caller - callee;
          case "caller" -> caller;
          case "callee" -> callee;
          default -> null;
        };
  }

  private static Subject subject(Rule rule, String caller, Outcome.Fact callee) {
    SignalKind signal = rule.signal();
    return new Subject(
        rule.name(),
        signal,
        callee.resourceId(),
        callee.kind(),
        callee.series(),
        callee.service(),
        callee.tier(),
        Map.of("caller", caller),
        callee.resourceId());
  }

  /** Ids of resources have no bar. */
  static String key(String resourceId, String rest) {
    return resourceId + "|" + rest;
  }
}
