package io.tocsin.streams.window;

import static io.tocsin.streams.window.Interval.percent;

import java.util.Arrays;
import java.util.List;

/**
 * Rates of disks and links between two readings. A device whose counters went backwards has been
 * replaced, or wrapped: it has no rate in that interval, and the others have theirs.
 */
final class Devices {

  private static final double US_PER_MS = 1_000;
  private static final double MS_PER_S = 1_000;

  private final Reading older;
  private final Reading newer;
  private final long lengthMs;
  private final double[] values;
  private final long[] amounts;

  private Devices(Reading older, Reading newer, long lengthMs, double[] values) {
    this.older = older;
    this.newer = newer;
    this.lengthMs = lengthMs;
    this.values = values;
    this.amounts = new long[Movement.size(newer.shape())];
    Arrays.fill(amounts, Movement.UNKNOWN);
  }

  /** Sets the values of the devices and says what they moved. */
  static Movement between(Reading older, Reading newer, long lengthMs, double[] values) {
    Shape shape = newer.shape();
    if (shape.disks().isEmpty() && shape.links().isEmpty()) {
      return Movement.NONE;
    }
    Devices devices = new Devices(older, newer, lengthMs, values);
    devices.disks();
    devices.links();
    return new Movement(shape.disks(), shape.links(), devices.amounts);
  }

  private void disks() {
    double operations = Double.NaN;
    double bytes = Double.NaN;
    double busiest = Double.NaN;
    double queue = Double.NaN;
    List<String> names = newer.shape().disks();
    for (int disk = 0; disk < names.size(); disk++) {
      int same = indexOf(names, disk, older.shape().disks());
      int to = Movement.PER_DISK * disk;
      if (same < 0 || !moved(older.shape().disk(same), newer.shape().disk(disk), to, 4)) {
        continue;
      }
      int was = older.shape().disk(same) + Reading.BUSY;
      int is = newer.shape().disk(disk) + Reading.BUSY;
      // A container's or VM's disks have no busy time; their operations count all the same.
      boolean busyIsKept = newer.counters()[is] != Reading.ABSENT;
      long busy = delta(was, is);
      if (busyIsKept && busy < 0) {
        Arrays.fill(amounts, to, to + Movement.PER_DISK, Movement.UNKNOWN);
        continue;
      }
      amounts[to + Movement.BUSY] = busy;
      operations = plus(operations, amounts[to] + amounts[to + 1]);
      bytes = plus(bytes, amounts[to + Movement.READ_BYTES] + amounts[to + Movement.WRITTEN_BYTES]);
      if (busyIsKept) {
        busiest = max(busiest, percent(busy, lengthMs * US_PER_MS));
        long weighted = delta(was + 1, is + 1);
        queue = max(queue, weighted < 0 ? Double.NaN : weighted / (lengthMs * US_PER_MS));
      }
    }
    set(Metric.IO_OPERATIONS, perSecond(operations));
    set(Metric.IO_BYTES, perSecond(bytes));
    set(Metric.IO_PERCENT, busiest);
    set(Metric.DISK_QUEUE, queue);
  }

  private void links() {
    double bytes = Double.NaN;
    double busiest = Double.NaN;
    double packets = 0;
    double lost = Double.NaN;
    List<String> names = newer.shape().links();
    for (int link = 0; link < names.size(); link++) {
      int same = indexOf(names, link, older.shape().links());
      int to = Movement.PER_DISK * newer.shape().disks().size() + Movement.PER_LINK * link;
      if (same < 0 || !moved(older.shape().link(same), newer.shape().link(link), to, 5)) {
        continue;
      }
      long received = amounts[to + Movement.RX_BYTES];
      long sent = amounts[to + Movement.TX_BYTES];
      bytes = plus(bytes, received + sent);
      packets += amounts[to + Movement.RX_PACKETS] + amounts[to + Movement.TX_PACKETS];
      lost = plus(lost, amounts[to + Movement.LOST]);
      long speed = newer.counters()[newer.shape().link(link) + Reading.SPEED];
      amounts[to + Movement.SPEED] = speed;
      if (speed > 0) {
        busiest = max(busiest, percent(perSecond(Math.max(received, sent)), speed));
      }
    }
    set(Metric.NETWORK_BYTES, perSecond(bytes));
    set(Metric.NETWORK_PERCENT, busiest);
    set(Metric.PACKET_LOSS_PERCENT, percent(lost, packets + lost));
  }

  /** Takes the first differences of a device; false, and none, where one of them is not known. */
  private boolean moved(int was, int is, int to, int count) {
    for (int counter = 0; counter < count; counter++) {
      long delta = delta(was + counter, is + counter);
      if (delta < 0) {
        Arrays.fill(amounts, to, to + count, Movement.UNKNOWN);
        return false;
      }
      amounts[to + counter] = delta;
    }
    return true;
  }

  /** Devices seldom change, so the same place is looked at first. */
  private static int indexOf(List<String> names, int place, List<String> in) {
    if (names == in) {
      return place;
    }
    String name = names.get(place);
    return place < in.size() && in.get(place).equals(name) ? place : in.indexOf(name);
  }

  private long delta(int was, int is) {
    long before = older.counters()[was];
    long after = newer.counters()[is];
    return before == Reading.ABSENT || after == Reading.ABSENT ? Reading.ABSENT : after - before;
  }

  private double perSecond(double amount) {
    return amount * MS_PER_S / lengthMs;
  }

  private void set(Metric metric, double value) {
    values[metric.ordinal()] = value;
  }

  private static double plus(double sum, double more) {
    return Double.isNaN(sum) ? more : sum + more;
  }

  private static double max(double one, double other) {
    return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
  }
}
