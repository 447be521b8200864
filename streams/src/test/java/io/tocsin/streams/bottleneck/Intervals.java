package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One resource under a detector: intervals of a second, and what was told of them. */
final class Intervals {

  static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  final List<Bottleneck> told = new ArrayList<>();
  final Subject subject;
  private final Detector detector;
  private Episodes episodes = Episodes.NONE;
  private long at = NOON;

  Intervals(ResourceKind kind) {
    this(kind, BottleneckSettings.defaults());
  }

  Intervals(ResourceKind kind, BottleneckSettings settings) {
    this.subject = new Subject(kind.name().toLowerCase() + "/one", kind, "shop", Tier.CORE);
    this.detector = new Detector(settings);
  }

  static Interval interval(long at, Map<Metric, Double> values) {
    double[] array = new double[Metric.COUNT];
    Arrays.fill(array, Double.NaN);
    values.forEach((metric, value) -> array[metric.ordinal()] = value);
    return new Interval(at, 1_000, 1_000, array);
  }

  /** So many seconds of the same; the state goes through its bytes each time. */
  Intervals seconds(int count, Map<Metric, Double> values) {
    for (int second = 0; second < count; second++) {
      at += 1_000;
      Detector.Findings findings = detector.observe(subject, interval(at, values), episodes);
      episodes = Episodes.decode(findings.episodes().encode()).orElseThrow();
      told.addAll(findings.bottlenecks());
    }
    return this;
  }

  Bottleneck first() {
    return told.get(0);
  }

  Bottleneck last() {
    return told.get(told.size() - 1);
  }

  Episodes episodes() {
    return episodes;
  }

  /** What is told first of a resource of which this is measured for a while. */
  static Bottleneck firstOf(ResourceKind kind, Map<Metric, Double> values) {
    Intervals intervals = new Intervals(kind).seconds(6, values);
    if (intervals.told.isEmpty()) {
      throw new AssertionError("nothing was told of " + values);
    }
    return intervals.first();
  }
}
