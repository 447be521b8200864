package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is observed of one series of a resource.
 *
 * @param signal what rules listen to
 * @param resource id of the resource
 * @param series which of several things of it
 * @param labels of the series
 * @param from since the beginning, when the first value is observed
 * @param values of each figure, one per step; null for a gap. Where all of them have a gap, nothing
 *     is observed
 */
public record InputSeries(
    SignalKind signal,
    String resource,
    String series,
    Map<String, String> labels,
    Duration from,
    Map<String, List<Object>> values) {

  /** A probe speaks for its endpoint for three intervals, as in the real thing. */
  private static final int FRESH_STEPS = 3;

  /** Copies what it is given. */
  public InputSeries {
    labels = Map.copyOf(labels);
    Map<String, List<Object>> copy = new HashMap<>();
    values.forEach((name, of) -> copy.put(name, Collections.unmodifiableList(of)));
    values = Collections.unmodifiableMap(copy);
  }

  /** Steps until the last value. */
  public int length() {
    return values.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** What is observed, in the order of time. */
  public List<Observation> observations(TestResource of, Instant start, Duration every) {
    List<Observation> all = new ArrayList<>();
    Instant since = null;
    for (int step = 0; step < length(); step++) {
      Map<String, Object> figures = figures(step);
      if (figures.isEmpty()) {
        continue;
      }
      Instant at = start.plus(from).plus(every.multipliedBy(step));
      boolean active = Boolean.TRUE.equals(figures.get("active"));
      since = !active ? null : since == null ? at : since;
      complete(figures);
      all.add(
          Observation.of(
              signal,
              of.id(),
              of.kind(),
              series,
              of.service(),
              of.tier(),
              labels,
              at,
              since == null ? at : since,
              signal == SignalKind.HEALTH ? FRESH_STEPS * every.toMillis() : 0,
              figures::get));
    }
    return all;
  }

  private Map<String, Object> figures(int step) {
    Map<String, Object> figures = new HashMap<>();
    values.forEach(
        (name, of) -> {
          Object value = step < of.size() ? of.get(step) : null;
          if (value != null) {
            figures.put(name, value);
          }
        });
    return figures;
  }

  /** Figures that follow from others, so that a test need not say them. */
  private void complete(Map<String, Object> figures) {
    switch (signal) {
      case EFFICIENCY, LATENCY, THROUGHPUT -> {
        figures.putIfAbsent("final", !"false".equals(labels.get("final")));
        figures.putIfAbsent("window_seconds", seconds());
      }
      case HEALTH -> {
        Object up = figures.get("up");
        if (up != null) {
          figures.putIfAbsent("health", up.equals(true) ? "UP" : "DOWN");
        }
        Object health = figures.getOrDefault("health", "UNKNOWN");
        if (!health.equals("UNKNOWN")) {
          figures.putIfAbsent("up", health.equals("UP"));
          figures.putIfAbsent("tries", 1.0);
          figures.putIfAbsent("failed", health.equals("UP") ? 0.0 : 1.0);
        }
      }
      case BOTTLENECK -> figures.putIfAbsent("bottleneck", series);
      default -> {
        // Nothing follows.
      }
    }
  }

  private double seconds() {
    return series.startsWith("1m") ? 60 : series.startsWith("5m") ? 300 : 10;
  }
}
