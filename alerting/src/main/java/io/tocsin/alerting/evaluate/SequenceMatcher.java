package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.rules.Derivation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds alerts that follow each other: one of each step's rule, each begun no earlier than the one
 * before it and related to it, all within the time from the first. Says the same of the same
 * alerts, in whatever order they came.
 */
final class SequenceMatcher {

  private static final Comparator<StepAlert> IN_ORDER =
      Comparator.comparing(StepAlert::since).thenComparing(StepAlert::alertId);

  private final Derivation.Sequence sequence;
  private final Graph graph;
  private final List<StepAlert> alerts;

  SequenceMatcher(Derivation.Sequence sequence, Graph graph, Collection<StepAlert> alerts) {
    this.sequence = sequence;
    this.graph = graph;
    this.alerts = alerts.stream().sorted(IN_ORDER).toList();
  }

  /** The longest row of alerts that begins with this one; of several, the one that began first. */
  List<StepAlert> longest(StepAlert first) {
    Instant end = first.since().plus(sequence.within());
    List<StepAlert> candidates =
        alerts.stream()
            .filter(alert -> !alert.since().isBefore(first.since()))
            .filter(alert -> !alert.since().isAfter(end))
            .toList();
    return longest(List.of(List.of(first)), candidates);
  }

  /** One way to each alert of a step is enough to know which of the next step can be reached. */
  private List<StepAlert> longest(List<List<StepAlert>> rows, List<StepAlert> candidates) {
    int step = rows.get(0).size();
    if (step == sequence.steps().size()) {
      return rows.get(0);
    }
    List<List<StepAlert>> longer = new ArrayList<>();
    for (StepAlert next : candidates) {
      if (next.rule().equals(sequence.steps().get(step))) {
        rows.stream()
            .filter(row -> follows(row, next))
            .findFirst()
            .ifPresent(row -> longer.add(append(row, next)));
      }
    }
    return longer.isEmpty() ? rows.get(0) : longest(longer, candidates);
  }

  private boolean follows(List<StepAlert> row, StepAlert next) {
    StepAlert last = row.get(row.size() - 1);
    return !row.contains(next)
        && !next.since().isBefore(last.since())
        && graph.related(last.resourceId(), next.resourceId()).isPresent();
  }

  private static List<StepAlert> append(List<StepAlert> row, StepAlert next) {
    List<StepAlert> longer = new ArrayList<>(row);
    longer.add(next);
    return longer;
  }
}
