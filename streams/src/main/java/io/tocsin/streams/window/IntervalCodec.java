package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;

/**
 * Intervals of open windows as bytes. Most snapshots are taken when a window has just ended, and
 * have hardly any.
 */
final class IntervalCodec {

  private IntervalCodec() {}

  static void writeBase(Output out, BaseWindow base) throws IOException {
    Numbers.writeLong(out, base.startsAt);
    Numbers.writeCount(out, base.sizeMs);
    Numbers.writeCount(out, base.latestAt - base.startsAt);
    base.capacity.write(out);
    Numbers.writeCount(out, base.intervals.size());
    for (Interval interval : base.intervals) {
      write(out, interval);
    }
  }

  static BaseWindow readBase(Input in) throws IOException {
    BaseWindow base = new BaseWindow(Numbers.readLong(in), Numbers.readCount(in));
    base.latestAt = base.startsAt + Numbers.readCount(in);
    base.capacity = Capacity.read(in);
    for (long left = Numbers.readCount(in); left > 0; left--) {
      base.intervals.add(read(in));
    }
    return base;
  }

  private static void write(Output out, Interval interval) throws IOException {
    Numbers.writeLong(out, interval.at());
    Numbers.writeCount(out, interval.lengthMs());
    Numbers.writeCount(out, interval.segments());
    for (double value : interval.values()) {
      Numbers.writeDouble(out, value);
    }
    ShapeCodec.writeTexts(out, interval.moved().disks());
    ShapeCodec.writeTexts(out, interval.moved().links());
    for (long amount : interval.moved().amounts()) {
      Numbers.writeLong(out, amount);
    }
  }

  private static Interval read(Input in) throws IOException {
    long at = Numbers.readLong(in);
    long lengthMs = Numbers.readCount(in);
    long segments = Numbers.readCount(in);
    double[] values = new double[Metric.COUNT];
    for (int metric = 0; metric < values.length; metric++) {
      values[metric] = Numbers.readDouble(in);
    }
    Movement names = new Movement(ShapeCodec.readTexts(in), ShapeCodec.readTexts(in), new long[0]);
    long[] amounts = new long[names.link(names.links().size())];
    for (int amount = 0; amount < amounts.length; amount++) {
      amounts[amount] = Numbers.readLong(in);
    }
    return new Interval(
        at, lengthMs, segments, values, new Movement(names.disks(), names.links(), amounts));
  }
}
