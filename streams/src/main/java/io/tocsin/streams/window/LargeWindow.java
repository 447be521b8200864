package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.sketch.Sketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A window made of smaller ones that have ended. It is looked at once per smaller window, so state
 * keeps it as bytes ({@link Stored}), which are a fifth of the size.
 */
final class LargeWindow {

  private final long startsAt;
  private final long sizeMs;
  private final Sketch[] sketches = new Sketch[Metric.WINDOWED];
  private FlowTotals flows = new FlowTotals();
  private int intervals;
  private long latestAt;
  private Capacity capacity = Capacity.UNKNOWN;

  LargeWindow(long startsAt, long sizeMs) {
    this.startsAt = startsAt;
    this.sizeMs = sizeMs;
    this.latestAt = startsAt;
    for (int metric = 0; metric < sketches.length; metric++) {
      sketches[metric] = new Sketch();
    }
  }

  /** One as bytes. */
  record Stored(long startsAt, long sizeMs, byte[] bytes) {

    long endsAt() {
      return startsAt + sizeMs;
    }

    LargeWindow open() {
      LargeWindow window = new LargeWindow(startsAt, sizeMs);
      window.read(ByteArrayInput.wrap(bytes));
      return window;
    }
  }

  /** Adds a smaller window that has ended. They come in the order of time. */
  void add(Part part, FlowTotals totals) {
    intervals += part.intervals();
    latestAt = Math.max(latestAt, part.latestAt());
    capacity = part.capacity();
    for (int metric = 0; metric < sketches.length; metric++) {
      sketches[metric].merge(part.sketches()[metric]);
    }
    flows.merge(totals);
  }

  /** Adds intervals of smaller windows that are still open. */
  void add(List<Interval> open, long seenAt, Capacity has) {
    intervals += open.size();
    latestAt = Math.max(latestAt, seenAt);
    capacity = has;
    BaseWindow.addTo(sketches, open);
    open.forEach(flows::add);
  }

  boolean isEmpty() {
    return intervals == 0;
  }

  Window toWindow(Subject subject, boolean isFinal) {
    return WindowRecord.of(
        subject,
        startsAt,
        sizeMs,
        latestAt,
        isFinal,
        intervals,
        0,
        capacity,
        metric -> sketches[metric.ordinal()].figure());
  }

  ThroughputWindow toThroughput(Subject subject, boolean isFinal) {
    return ThroughputRecord.of(subject, startsAt, sizeMs, latestAt, isFinal, flows);
  }

  Stored store() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(512);
    try {
      Numbers.writeCount(out, intervals);
      Numbers.writeCount(out, latestAt - startsAt);
      capacity.write(out);
      for (Sketch sketch : sketches) {
        sketch.write(out);
      }
      flows.write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return new Stored(startsAt, sizeMs, out.trimmedCopy());
  }

  private void read(Input in) {
    try {
      intervals = (int) Numbers.readCount(in);
      latestAt = startsAt + Numbers.readCount(in);
      capacity = Capacity.read(in);
      for (int metric = 0; metric < sketches.length; metric++) {
        sketches[metric] = Sketch.read(in);
      }
      flows = FlowTotals.read(in);
    } catch (IOException cut) {
      throw new UncheckedIOException("a stored window is cut short", cut);
    }
  }
}
