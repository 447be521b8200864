package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.Flow;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;

/** What one disk or link moved over a window: totals, and the highest rate of an interval. */
final class DeviceTotals {

  private static final double MS_PER_S = 1_000;

  private final long[] totals;
  private final double[] highest;
  private long coveredMs;

  /** A bit for each amount that some interval did not say, as busy time may be. */
  private long unsaid;

  /** Bytes per second of a link, as it last said; negative where it does not. */
  private long speed = Movement.UNKNOWN;

  DeviceTotals(int amounts) {
    totals = new long[amounts];
    highest = new double[amounts];
  }

  void add(long[] from, int place, long lengthMs) {
    coveredMs += lengthMs;
    for (int amount = 0; amount < totals.length; amount++) {
      if (from[place + amount] == Movement.UNKNOWN) {
        unsaid |= 1L << amount;
        continue;
      }
      long moved = from[place + amount];
      totals[amount] += moved;
      highest[amount] = Math.max(highest[amount], moved * MS_PER_S / lengthMs);
    }
  }

  void speed(long latest) {
    speed = latest;
  }

  void merge(DeviceTotals later) {
    coveredMs += later.coveredMs;
    unsaid |= later.unsaid;
    for (int amount = 0; amount < totals.length; amount++) {
      totals[amount] += later.totals[amount];
      highest[amount] = Math.max(highest[amount], later.highest[amount]);
    }
    speed = later.speed;
  }

  Flow flow(int amount) {
    return new Flow(totals[amount], totals[amount] * MS_PER_S / coveredMs, highest[amount]);
  }

  /** An amount of µs as a percentage of the time; null where it is not kept. */
  Double share(int amount) {
    return (unsaid & 1L << amount) != 0
        ? null
        : Double.valueOf(Interval.percent(totals[amount], coveredMs * MS_PER_S));
  }

  /** The busier of two amounts of bytes as a percentage of the speed; null without one. */
  Double utilisation(int one, int other) {
    return speed <= 0
        ? null
        : Interval.percent(Math.max(totals[one], totals[other]) * MS_PER_S / coveredMs, speed);
  }

  void write(Output out) throws IOException {
    Numbers.writeCount(out, coveredMs);
    Numbers.writeLong(out, speed);
    Numbers.writeCount(out, unsaid);
    for (int amount = 0; amount < totals.length; amount++) {
      Numbers.writeCount(out, totals[amount]);
      Numbers.writeDouble(out, highest[amount]);
    }
  }

  static DeviceTotals read(Input in, int amounts) throws IOException {
    DeviceTotals device = new DeviceTotals(amounts);
    device.coveredMs = Numbers.readCount(in);
    device.speed = Numbers.readLong(in);
    device.unsaid = Numbers.readCount(in);
    for (int amount = 0; amount < amounts; amount++) {
      device.totals[amount] = Numbers.readCount(in);
      device.highest[amount] = Numbers.readDouble(in);
    }
    return device;
  }
}
