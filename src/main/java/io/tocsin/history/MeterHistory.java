package io.tocsin.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the program's own meters, every half minute and every minute; hours are made of minutes as
 * all are. Of what only grows it keeps the increase a minute, which means the same after a restart.
 * While the store is away a row is lost and counted: what is measured of an outage is in the rows
 * after it. Not thread-safe.
 */
final class MeterHistory {

  /** Twice a minute: a board of minutes has what it needs, and 50 meters are 2 points a second. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final double MS_PER_MINUTE = 60_000;

  private final MeterRegistry registry;
  private final PointStore store;
  private final String resource;
  private final Clock clock;
  private final Consumer<Instant> minuteWritten;
  private final Counter stored;
  private final Counter lost;
  private final Map<String, DoubleSummaryStatistics> minute = new TreeMap<>();
  private Map<String, Double> counts;
  private Instant readAt;

  /**
   * @param resource under which the rows are kept
   * @param minuteWritten told of each minute that has rows
   */
  MeterHistory(
      MeterRegistry registry,
      PointStore store,
      String resource,
      Clock clock,
      Consumer<Instant> minuteWritten) {
    this.registry = registry;
    this.store = store;
    this.resource = resource;
    this.clock = clock;
    this.minuteWritten = minuteWritten;
    this.stored = registry.counter("tocsin.recorder.meters", "outcome", "stored");
    this.lost = registry.counter("tocsin.recorder.meters", "outcome", "lost");
  }

  /** Whether half a minute is over; the first time at once, to know from where counters grow. */
  boolean isDue() {
    return readAt == null || !slot(clock.instant()).equals(slot(readAt));
  }

  /** Reads the meters and writes what they say. */
  void write() {
    Instant now = clock.instant();
    Map<String, Double> values = values(OwnMeter.readings(registry), now);
    Instant before = readAt;
    readAt = now;
    if (before == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    values.forEach((id, value) -> line(Tier.TEN_SECONDS, id, value, value, slot(before), lines));
    values.forEach(
        (id, value) ->
            minute.computeIfAbsent(id, any -> new DoubleSummaryStatistics()).accept(value));
    Instant begun = Tier.MINUTE.begin(before);
    if (!begun.equals(Tier.MINUTE.begin(now))) {
      minute.forEach((id, of) -> line(Tier.MINUTE, id, of.getAverage(), of.getMax(), begun, lines));
      minute.clear();
      minuteWritten.accept(begun);
    }
    send(lines);
  }

  private void send(List<String> lines) {
    if (!lines.isEmpty()) {
      boolean isStored = store.write(lines) instanceof PointStore.Answer.Stored;
      (isStored ? stored : lost).increment(lines.size());
    }
  }

  /** A counter that is new has grown from nothing; one that fell has begun anew. */
  private Map<String, Double> values(Map<String, OwnMeter.Reading> readings, Instant now) {
    Map<String, Double> values = new TreeMap<>();
    Map<String, Double> newest = new HashMap<>();
    double minutes = readAt == null ? 1 : Duration.between(readAt, now).toMillis() / MS_PER_MINUTE;
    readings.forEach(
        (id, reading) -> {
          double value = reading.value();
          if (reading.isCount()) {
            newest.put(id, value);
            double was = counts == null ? value : counts.getOrDefault(id, 0.0);
            value = (value < was ? value : value - was) / minutes;
          }
          values.put(id, value);
        });
    counts = newest;
    return values;
  }

  private void line(
      Tier tier, String id, double mean, double highest, Instant at, List<String> into) {
    Line line =
        new Line(HistoryTable.METERS.at(tier))
            .tag("resource", resource)
            .tag("kind", "UNSPECIFIED")
            .tag("meter", id);
    OwnMeter.tags(line, id);
    line.flag("final", true)
        .whole("members", 0L)
        .statistic("meter_value_mean", mean)
        .statistic("meter_value_max", highest)
        .at(at)
        .ifPresent(into::add);
  }

  private static Instant slot(Instant at) {
    long size = INTERVAL.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), size) * size);
  }
}
