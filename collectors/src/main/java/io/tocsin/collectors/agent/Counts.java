package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tocsin.collectors.policy.Tally;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that an agent counts, kept twice: as meters for whoever scrapes this process, and as
 * figures that the agent sends as measurements of its own. Thread-safe.
 */
final class Counts implements Tally {

  /** What is counted. */
  enum Count {
    SENT("tocsin.collectors.sent", "tocsin_agent_sent", "topic"),
    DROPPED("tocsin.collectors.dropped", "tocsin_agent_dropped", "reason"),
    REPEATED("tocsin.collectors.repeated", "tocsin_agent_repeated", "reason"),
    CLAMPED("tocsin.collectors.clamped", "tocsin_agent_clamped", "reason"),
    LABELS("tocsin.collectors.labels", "tocsin_agent_labels_changed", "reason"),
    SERIES("tocsin.collectors.series.over", "tocsin_agent_series_over_limit", "reason"),
    CLASSIFIED("tocsin.collectors.classified", "tocsin_agent_classified", "reason"),
    SPOOL_FAILED("tocsin.collectors.spool.failed", "tocsin_agent_spool_failed", "reason"),
    ERRORS("tocsin.collectors.errors", "tocsin_collector_problems", "collector", "reason"),
    MISSED("tocsin.collectors.missed", "tocsin_collector_missed", "collector");

    private final String meter;
    private final String measurement;
    private final List<String> tags;

    Count(String meter, String measurement, String... tags) {
      this.meter = meter;
      this.measurement = measurement;
      this.tags = List.of(tags);
    }

    /** Name of the measurement. */
    String measurement() {
      return measurement;
    }
  }

  /**
   * How many so far.
   *
   * @param labels by tag
   */
  record Line(Count count, Map<String, String> labels, long total) {}

  private record Key(Count count, String first, String second) {}

  private record Cell(LongAdder total, Counter meter) {}

  private final MeterRegistry meters;
  private final Map<Key, Cell> cells = new ConcurrentHashMap<>();

  Counts(MeterRegistry meters) {
    this.meters = meters;
    // There from the start, so that a rate can be worked out of the first loss.
    for (String reason : List.of("overflow", "spool-full", "spool-corrupt")) {
      add(Count.DROPPED, 0, reason);
    }
    add(Count.CLAMPED, 0, "future");
    add(Count.CLAMPED, 0, "past");
  }

  void add(Count count, long more, String tag) {
    add(new Key(count, tag, null), more);
  }

  void add(Count count, long more, String firstTag, String secondTag) {
    add(new Key(count, firstTag, secondTag), more);
  }

  private void add(Key key, long more) {
    Cell cell = cells.computeIfAbsent(key, this::cell);
    cell.total().add(more);
    if (more > 0) {
      cell.meter().increment(more);
    }
  }

  private Cell cell(Key key) {
    Tags tags = Tags.empty();
    for (Map.Entry<String, String> label : labels(key).entrySet()) {
      tags = tags.and(label.getKey(), label.getValue());
    }
    return new Cell(new LongAdder(), meters.counter(key.count().meter, tags));
  }

  private static Map<String, String> labels(Key key) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(key.count().tags.get(0), key.first());
    if (key.second() != null) {
      labels.put(key.count().tags.get(1), key.second());
    }
    return labels;
  }

  @Override
  public void count(What what, String reason) {
    Count count =
        switch (what) {
          case CLAMPED -> Count.CLAMPED;
          case LABELS -> Count.LABELS;
          case SERIES -> Count.SERIES;
          case CLASSIFIED -> Count.CLASSIFIED;
        };
    add(count, 1, reason);
  }

  List<Line> lines() {
    return cells.entrySet().stream()
        .map(
            cell ->
                new Line(
                    cell.getKey().count(), labels(cell.getKey()), cell.getValue().total().sum()))
        .toList();
  }

  MeterRegistry meters() {
    return meters;
  }
}
