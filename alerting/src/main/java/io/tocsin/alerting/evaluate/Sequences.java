package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.graph.Relation;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.Truth;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.schemas.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Alerts where alerts of other rules follow each other on related resources. Speaks of the first
 * one's resource, as what began it; clears when none of the row fires any more.
 */
final class Sequences {

  /** Alerts that may be steps, for each rule. */
  static final int MOST_STEPS = 500;

  private final Episodes episodes;

  Sequences(Episodes episodes) {
    this.episodes = episodes;
  }

  void onAlert(Rule rule, Alert alert, Graph graph, RelationStore store, List<Outcome> out) {
    Derivation.Sequence sequence = (Derivation.Sequence) rule.derivation();
    // A shadow rule may look at what other shadows say; a live one must not depend on them.
    if (!sequence.steps().contains(alert.getRule()) || alert.getShadow() && !rule.isShadow()) {
      return;
    }
    remember(rule, alert, sequence.within(), store, out);
    StepAlert step = store.step(alert.getId());
    if (step != null && !step.isOver()) {
      List<StepAlert> all = store.stepIds().stream().map(store::step).toList();
      SequenceMatcher matcher = new SequenceMatcher(sequence, graph, all);
      for (StepAlert first : firsts(sequence, step, all)) {
        if (store.sequence(first.alertId()) == null) {
          judge(rule, matcher.longest(first), alert.getAt(), graph, store, out);
        }
      }
    }
    endWhatIsOver(rule, alert.getAt(), store, out);
  }

  /** The alerts that a row may begin with which the new one is a part of. */
  private static List<StepAlert> firsts(
      Derivation.Sequence sequence, StepAlert step, List<StepAlert> all) {
    String first = sequence.steps().get(0);
    boolean isLater = sequence.steps().lastIndexOf(step.rule()) > 0;
    return all.stream()
        .filter(alert -> alert.rule().equals(first))
        .filter(alert -> isLater || alert.equals(step))
        .toList();
  }

  private static void remember(
      Rule rule, Alert alert, Duration within, RelationStore store, List<Outcome> out) {
    StepAlert known = store.step(alert.getId());
    switch (alert.getState()) {
      case FIRING, FLAPPING -> {
        makeRoom(alert.getSince().minus(within), store);
        if (known == null && store.stepIds().size() >= MOST_STEPS) {
          out.add(new Outcome.Held(rule.name(), Reason.TOO_MANY_RELATIONS));
        } else {
          store.step(alert.getId(), StepAlert.of(alert));
        }
      }
      case CLEARED -> store.step(alert.getId(), known == null ? null : known.over());
      case PENDING, UNKNOWN, UNSPECIFIED -> {
        // Neither begins nor ends a step.
      }
    }
  }

  /** What is over, and too long ago to be followed by anything, unless it is part of a row. */
  private static void makeRoom(Instant oldest, RelationStore store) {
    for (String id : store.stepIds()) {
      StepAlert step = store.step(id);
      if (step.isOver() && step.since().isBefore(oldest) && store.sequence(id) == null) {
        store.step(id, null);
      }
    }
  }

  private void judge(
      Rule rule,
      List<StepAlert> row,
      Instant at,
      Graph graph,
      RelationStore store,
      List<Outcome> out) {
    StepAlert first = row.get(0);
    Subject subject =
        new Subject(
            rule.name(),
            rule.signal(),
            first.resourceId(),
            first.kind(),
            first.series(),
            first.service(),
            first.tier(),
            Map.of(),
            null);
    double steps = row.size();
    String why = words(row, graph);
    Fields figures =
        subject.with(
            name ->
                switch (name) {
                  case "steps" -> (Object) steps;
                  case "why" -> why;
                  default -> null;
                });
    if (rule.when().of(figures) != Truth.TRUE) {
      return;
    }
    SeriesState fresh = SeriesState.of(subject, rule.version());
    SeriesState series = episodes.fire(rule, fresh, first.since(), at, figures, out);
    store.sequence(
        first.alertId(), new SequenceState(series, row.stream().map(StepAlert::alertId).toList()));
  }

  private void endWhatIsOver(Rule rule, Instant at, RelationStore store, List<Outcome> out) {
    for (String id : store.sequenceIds()) {
      SequenceState state = store.sequence(id);
      boolean over =
          state.alertIds().stream()
              .map(store::step)
              .allMatch(step -> step == null || step.isOver());
      if (over) {
        episodes.end(rule, state.series(), at, "none of its steps fires any more", out);
        store.sequence(id, null);
      }
    }
  }

  private static String words(List<StepAlert> row, Graph graph) {
    List<String> words = new ArrayList<>();
    StepAlert before = null;
    for (StepAlert step : row) {
      String relation =
          before == null
              ? ""
              : graph
                  .related(before.resourceId(), step.resourceId())
                  .map(Relation::sentence)
                  .map(sentence -> " (the one before " + sentence + ")")
                  .orElse("");
      words.add(step.rule() + " on " + step.resourceId() + relation);
      before = step;
    }
    return String.join(", then ", words);
  }
}
