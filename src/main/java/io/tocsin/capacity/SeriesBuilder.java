package io.tocsin.capacity;

import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts readings of one resource on a grid. Readings may come in any order, twice, or not at all:
 * those of one step are averaged, a step without any is NaN. What cannot be used is counted.
 */
public final class SeriesBuilder {

  /** A bound, ours: five years of 5 min steps. More is a wrong time stamp rather than a history. */
  static final int MOST_STEPS = 525_600;

  private final String id;
  private final ResourceKind kind;
  private final String service;
  private final String host;
  private final long stepMs;
  private final Map<Figure, Map<Long, double[]>> cells = new EnumMap<>(Figure.class);
  private final Map<String, Long> rejected = new TreeMap<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** For a resource; service and host may be null. */
  public SeriesBuilder(String id, ResourceKind kind, String service, String host, Duration step) {
    this.id = id;
    this.kind = kind;
    this.service = service == null ? "" : service;
    this.host = host == null ? "" : host;
    this.stepMs = step.toMillis();
  }

  /** Adds a reading; one that is no finite number from 0 upwards is counted and left out. */
  public void add(Instant at, Figure figure, double value) {
    if (!Double.isFinite(value) || value < 0) {
      reject("not a number from 0 upwards: " + figure.word());
      return;
    }
    long cell = Math.floorDiv(at.toEpochMilli(), stepMs);
    if (Math.max(last, cell) - Math.min(first, cell) >= MOST_STEPS) {
      reject("more than " + MOST_STEPS + " steps away from the others");
      return;
    }
    first = Math.min(first, cell);
    last = Math.max(last, cell);
    double[] sum =
        cells
            .computeIfAbsent(figure, any -> new TreeMap<>())
            .computeIfAbsent(cell, any -> new double[2]);
    sum[0] += value;
    sum[1]++;
  }

  /** What was left out, by reason. */
  public Map<String, Long> rejected() {
    return Map.copyOf(rejected);
  }

  /** The series; empty if there was no reading that could be used. */
  public Optional<ResourceSeries> build() {
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    Map<Figure, double[]> figures = new EnumMap<>(Figure.class);
    cells.forEach(
        (figure, sums) -> {
          double[] values = new double[(int) (last - first + 1)];
          Arrays.fill(values, Double.NaN);
          sums.forEach((cell, sum) -> values[(int) (cell - first)] = sum[0] / sum[1]);
          figures.put(figure, values);
        });
    return Optional.of(
        new ResourceSeries(
            id,
            kind,
            service,
            host,
            Instant.ofEpochMilli(first * stepMs),
            Duration.ofMillis(stepMs),
            figures));
  }

  private void reject(String reason) {
    rejected.merge(reason, 1L, Long::sum);
  }
}
