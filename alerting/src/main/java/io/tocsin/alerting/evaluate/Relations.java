package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges rules that look at several resources: the difference between the two ends of an edge, and
 * sequences of other rules' alerts. Keyed by rule.
 *
 * <p>Goes by event time, and has no memory but the store. The graph is that of the whole fleet; its
 * changes tell when the next input comes.
 */
public final class Relations {

  private final Differences differences;
  private final Sequences sequences;
  private final Episodes episodes;

  /** With these detectors and words. */
  public Relations(Detectors detectors, Wording wording) {
    this.episodes = new Episodes(wording);
    this.differences = new Differences(detectors.difference(), episodes);
    this.sequences = new Sequences(episodes);
  }

  /** A resource has a figure that the rule compares. */
  public List<Outcome> onFact(
      Rule rule, Outcome.Fact fact, Graph graph, Instant now, RelationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    if (rule.derivation() instanceof Derivation.Difference) {
      differences.onFact(rule, fact, graph, now, store, out);
    }
    return out;
  }

  /** A rule has said something that may be a step of this one. */
  public List<Outcome> onAlert(Rule rule, Alert alert, Graph graph, RelationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    if (rule.derivation() instanceof Derivation.Sequence) {
      sequences.onAlert(rule, alert, graph, store, out);
    }
    return out;
  }

  /**
   * The rule has changed. If it works out the same as before, it goes on where it was.
   *
   * @param rule null if it was removed; then all that it said ends
   */
  public List<Outcome> onRule(Rule rule, Instant now, RelationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    for (String key : store.learntKeys()) {
      if (rule == null || !Derivations.name(rule).equals(store.learnt(key).derivation())) {
        store.learnt(key, null);
      }
    }
    if (rule == null || !(rule.derivation() instanceof Derivation.Difference)) {
      store.factKeys().forEach(key -> store.fact(key, null));
      for (String key : store.seriesKeys()) {
        episodes.end(rule, store.series(key), now, gone(rule), out);
        store.series(key, null);
      }
    }
    if (rule == null || !(rule.derivation() instanceof Derivation.Sequence)) {
      store.stepIds().forEach(id -> store.step(id, null));
      for (String id : store.sequenceIds()) {
        episodes.end(rule, store.sequence(id).series(), now, gone(rule), out);
        store.sequence(id, null);
      }
    }
    return out;
  }

  /** Time has passed: of calls whose figures no longer come nobody knows how they stand. */
  public List<Outcome> onTimer(Rule rule, Instant now, RelationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    for (String key : store.seriesKeys()) {
      SeriesState state = store.series(key);
      if (state.staleAt() != null && !now.isBefore(state.staleAt())) {
        store.series(key, episodes.silent(rule, state, out));
      }
    }
    return out;
  }

  /** When to call {@link #onTimer}; null if that is not necessary. */
  public Instant nextTimer(RelationStore store) {
    Instant next = null;
    for (String key : store.seriesKeys()) {
      next = Absence.earlier(next, store.series(key).staleAt());
    }
    return next;
  }

  /** A resource is no longer in the inventory; what was said of calls to it ends. */
  public List<Outcome> onResourceGone(
      Rule rule, String resourceId, Instant now, RelationStore store) {
    List<Outcome> out = new ArrayList<>(2);
    store.factKeys().stream()
        .filter(key -> key.startsWith(Differences.key(resourceId, "")))
        .forEach(key -> store.fact(key, null));
    for (String key : store.learntKeys()) {
      if (key.startsWith(Differences.key(resourceId, ""))) {
        store.learnt(key, null);
      }
    }
    for (String key : store.seriesKeys()) {
      if (key.startsWith(Differences.key(resourceId, ""))) {
        String reason = resourceId + " is no longer in the inventory";
        episodes.end(rule, store.series(key), now, reason, out);
        store.series(key, null);
      }
    }
    return out;
  }

  private static String gone(Rule rule) {
    return rule == null ? "the rule was removed" : "the rule looks at something else now";
  }
}
