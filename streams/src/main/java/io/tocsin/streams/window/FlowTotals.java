package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.window.Flows.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went through a resource over a window, all together and by device. Whole numbers that add
 * up, so in whatever order. Not thread-safe; changed in place.
 */
final class FlowTotals {

  private static final double MS_PER_S = 1_000;

  private static final int DISK_AMOUNTS = Movement.PER_DISK;

  /** The speed is no amount. */
  private static final int LINK_AMOUNTS = Movement.PER_LINK - 1;

  private final long[] totals = new long[Kind.COUNT];
  private final double[] highest = new double[Kind.COUNT];
  private long coveredMs;
  final Map<String, DeviceTotals> disks = new TreeMap<>();
  final Map<String, DeviceTotals> links = new TreeMap<>();

  FlowTotals() {
    Arrays.fill(totals, Flows.UNKNOWN);
  }

  void add(Interval interval) {
    coveredMs += interval.lengthMs();
    Movement moved = interval.moved();
    long[] amounts = moved.amounts();
    long[] sums = new long[Kind.COUNT];
    Arrays.fill(sums, Flows.UNKNOWN);
    for (int disk = 0; disk < moved.disks().size(); disk++) {
      int from = Movement.PER_DISK * disk;
      if (amounts[from] != Movement.UNKNOWN) {
        device(disks, moved.disks().get(disk), DISK_AMOUNTS)
            .add(amounts, from, interval.lengthMs());
        plus(sums, Kind.DISK_OPERATIONS, amounts[from] + amounts[from + Movement.WRITES]);
        plus(
            sums,
            Kind.DISK_BYTES,
            amounts[from + Movement.READ_BYTES] + amounts[from + Movement.WRITTEN_BYTES]);
      }
    }
    for (int link = 0; link < moved.links().size(); link++) {
      int from = moved.link(link);
      if (amounts[from] != Movement.UNKNOWN) {
        DeviceTotals device = device(links, moved.links().get(link), LINK_AMOUNTS);
        device.add(amounts, from, interval.lengthMs());
        device.speed(amounts[from + Movement.SPEED]);
        plus(sums, Kind.RX_BYTES, amounts[from]);
        plus(sums, Kind.TX_BYTES, amounts[from + Movement.TX_BYTES]);
        plus(sums, Kind.RX_PACKETS, amounts[from + Movement.RX_PACKETS]);
        plus(sums, Kind.TX_PACKETS, amounts[from + Movement.TX_PACKETS]);
        plus(sums, Kind.LOST_PACKETS, amounts[from + Movement.LOST]);
      }
    }
    for (int kind = 0; kind < sums.length; kind++) {
      if (sums[kind] != Flows.UNKNOWN) {
        totals[kind] = Math.max(0, totals[kind]) + sums[kind];
        highest[kind] = Math.max(highest[kind], sums[kind] * MS_PER_S / interval.lengthMs());
      }
    }
  }

  private static DeviceTotals device(Map<String, DeviceTotals> in, String name, int amounts) {
    return in.computeIfAbsent(name, key -> new DeviceTotals(amounts));
  }

  private static void plus(long[] sums, Kind kind, long more) {
    sums[kind.ordinal()] = Math.max(0, sums[kind.ordinal()]) + more;
  }

  void merge(FlowTotals later) {
    coveredMs += later.coveredMs;
    for (int kind = 0; kind < totals.length; kind++) {
      if (later.totals[kind] != Flows.UNKNOWN) {
        totals[kind] = Math.max(0, totals[kind]) + later.totals[kind];
        highest[kind] = Math.max(highest[kind], later.highest[kind]);
      }
    }
    later.disks.forEach((name, disk) -> device(disks, name, DISK_AMOUNTS).merge(disk));
    later.links.forEach((name, link) -> device(links, name, LINK_AMOUNTS).merge(link));
  }

  /** All devices together. */
  Flows flows() {
    return new Flows(coveredMs, totals.clone(), highest.clone());
  }

  void write(Output out) throws IOException {
    Numbers.writeCount(out, coveredMs);
    for (int kind = 0; kind < totals.length; kind++) {
      Numbers.writeLong(out, totals[kind]);
      Numbers.writeDouble(out, highest[kind]);
    }
    write(out, disks);
    write(out, links);
  }

  private static void write(Output out, Map<String, DeviceTotals> devices) throws IOException {
    Numbers.writeCount(out, devices.size());
    for (Map.Entry<String, DeviceTotals> device : devices.entrySet()) {
      Numbers.writeText(out, device.getKey());
      device.getValue().write(out);
    }
  }

  static FlowTotals read(Input in) throws IOException {
    FlowTotals flows = new FlowTotals();
    flows.coveredMs = Numbers.readCount(in);
    for (int kind = 0; kind < flows.totals.length; kind++) {
      flows.totals[kind] = Numbers.readLong(in);
      flows.highest[kind] = Numbers.readDouble(in);
    }
    read(in, flows.disks, DISK_AMOUNTS);
    read(in, flows.links, LINK_AMOUNTS);
    return flows;
  }

  private static void read(Input in, Map<String, DeviceTotals> devices, int amounts)
      throws IOException {
    for (long left = Numbers.readCount(in); left > 0; left--) {
      devices.put(Numbers.readText(in), DeviceTotals.read(in, amounts));
    }
  }
}
