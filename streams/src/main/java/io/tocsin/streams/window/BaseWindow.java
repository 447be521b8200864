package io.tocsin.streams.window;

import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.streams.sketch.Sketch;
import java.util.ArrayList;
import java.util.List;

/**
 * A window of the smallest size that still takes intervals. It keeps them as they are: they are
 * few, and only when it ends are they summed up, once, for the larger windows and the roll-ups.
 */
final class BaseWindow {

  final long startsAt;
  final long sizeMs;
  final List<Interval> intervals = new ArrayList<>(12);
  long latestAt;
  Capacity capacity = Capacity.UNKNOWN;

  BaseWindow(long startsAt, long sizeMs) {
    this.startsAt = startsAt;
    this.sizeMs = sizeMs;
    this.latestAt = startsAt;
  }

  long endsAt() {
    return startsAt + sizeMs;
  }

  /** A sample lies in it, whether it makes an interval or not. They come in the order of time. */
  void saw(Reading reading) {
    latestAt = Math.max(latestAt, reading.at());
    capacity = reading.capacity();
  }

  /** What the larger windows and the roll-ups are made of. */
  Part part(Subject subject, FlowTotals totals) {
    Sketch[] sketches = new Sketch[Metric.WINDOWED];
    for (int metric = 0; metric < sketches.length; metric++) {
      sketches[metric] = new Sketch();
    }
    addTo(sketches, intervals);
    return new Part(
        subject, startsAt, sizeMs, latestAt, intervals.size(), sketches, totals.flows(), capacity);
  }

  /** Its record, made of some intervals. */
  Window toWindow(Subject subject, List<Interval> of, long seenAt, boolean isFinal, Capacity has) {
    return WindowRecord.of(
        subject, startsAt, sizeMs, seenAt, isFinal, of.size(), 0, has, new ExactFigures(of));
  }

  ThroughputWindow toThroughput(Subject subject, FlowTotals of, long seenAt, boolean isFinal) {
    return ThroughputRecord.of(subject, startsAt, sizeMs, seenAt, isFinal, of);
  }

  FlowTotals totals() {
    FlowTotals totals = new FlowTotals();
    intervals.forEach(totals::add);
    return totals;
  }

  static void addTo(Sketch[] sketches, List<Interval> intervals) {
    for (int place = 0; place < intervals.size(); place++) {
      Interval interval = intervals.get(place);
      for (int metric = 0; metric < sketches.length; metric++) {
        sketches[metric].add(interval.values()[metric], interval.lengthMs());
      }
    }
  }
}
