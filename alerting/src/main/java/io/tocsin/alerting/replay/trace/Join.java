package io.tocsin.alerting.replay.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one row of rows of the same resource that are close in time and have no field in common,
 * such as the two ends of a call that two exporters wrote a moment apart. The row has the later
 * time: nothing is known before it is.
 */
final class Join {

  private final Duration within;
  private final List<TraceRow> joined = new ArrayList<>();
  private final Map<String, TraceRow> waiting = new HashMap<>();

  private Join(Duration within) {
    this.within = within;
  }

  /** Joins rows that are in order of time. */
  static List<TraceRow> rows(List<TraceRow> rows, Duration within) {
    if (within.isZero()) {
      return rows;
    }
    Join join = new Join(within);
    rows.forEach(join::take);
    join.joined.addAll(join.waiting.values());
    join.joined.sort(Comparator.comparing(TraceRow::at).thenComparing(TraceRow::resource));
    return join.joined;
  }

  private void take(TraceRow row) {
    String key = row.kind() + " " + row.resource();
    TraceRow first = waiting.remove(key);
    if (first == null) {
      waiting.put(key, row);
      return;
    }
    boolean isApart = first.fields().keySet().stream().anyMatch(row.fields()::containsKey);
    if (isApart || first.at().plus(within).isBefore(row.at())) {
      joined.add(first);
      waiting.put(key, row);
      return;
    }
    Map<String, Double> fields = new HashMap<>(first.fields());
    fields.putAll(row.fields());
    joined.add(
        new TraceRow(row.at(), row.resource(), row.service(), row.kind(), Map.copyOf(fields)));
  }
}
