package io.tocsin.streams.window;

import static io.tocsin.streams.window.Interval.percent;

import io.tocsin.streams.window.Rating.Reason;
import java.util.Arrays;
import java.util.List;

/**
 * Makes rates from cumulative counters.
 *
 * <p>A counter that went backwards began anew or wrapped, and which of the two cannot be told; the
 * interval then has no rate rather than a guess. For a CPU counter that is so for the whole
 * interval, for a device only for that device, which may have been unplugged and come back.
 */
final class Rates {

  /**
   * Idle time and time waiting for input or output may go back a little on a running Linux; the
   * Prometheus node exporter draws the line at 3 s as well
   * (https://github.com/prometheus/node_exporter/blob/master/collector/cpu_linux.go).
   */
  private static final long IDLE_JITTER_US = 3_000_000;

  /**
   * The kernel derives the boot time from the wall clock, so correcting that moves it by a little.
   */
  private static final long BOOT_JITTER_MS = 5_000;

  private static final double US_PER_MS = 1_000;
  private static final double MS_PER_S = 1_000;

  private final Reading older;
  private final Reading newer;
  private final long lengthMs;
  private final double[] values = new double[Metric.COUNT];

  private Rates(Reading older, Reading newer) {
    this.older = older;
    this.newer = newer;
    this.lengthMs = newer.measuredAt() - older.measuredAt();
    Arrays.fill(values, Double.NaN);
  }

  /** Rates between two readings, {@code older} being null if there is none. */
  static Rating between(Reading older, Reading newer, long longestIntervalMs) {
    if (older == null) {
      return new Rating.Unrated(Reason.FIRST);
    }
    return new Rates(older, newer).rate(longestIntervalMs);
  }

  private Rating rate(long longestIntervalMs) {
    if (lengthMs <= 0) {
      return new Rating.Unrated(Reason.CLOCK);
    }
    if (lengthMs > longestIntervalMs) {
      return new Rating.Unrated(Reason.GAP);
    }
    if (older.bootedAt() != Reading.ABSENT
        && newer.bootedAt() != Reading.ABSENT
        && Math.abs(newer.bootedAt() - older.bootedAt()) > BOOT_JITTER_MS) {
      return new Rating.Unrated(Reason.REBOOT);
    }
    if (wentBack(Reading.CPU_BUSY, 0)
        || wentBack(Reading.CPU_STEAL, 0)
        || wentBack(Reading.CPU_IDLE, IDLE_JITTER_US)) {
      return new Rating.Unrated(Reason.RESET);
    }
    cpu();
    set(Metric.MEMORY_PERCENT, newer.memoryPercent());
    disks();
    links();
    set(Metric.CPU_PRESSURE, share(Reading.CPU_STALLED));
    set(Metric.MEMORY_PRESSURE, share(Reading.MEMORY_STALLED));
    set(Metric.IO_PRESSURE, share(Reading.IO_STALLED));
    long segments = Math.max(0, delta(Reading.SEGMENTS, Reading.SEGMENTS));
    long again = delta(Reading.RETRANSMITTED, Reading.RETRANSMITTED);
    if (again >= 0) {
      set(Metric.RETRANSMIT_PERCENT, percent(again, segments));
    }
    return new Rating.Rated(new Interval(newer.at(), lengthMs, segments, values));
  }

  private void cpu() {
    long busy = delta(Reading.CPU_BUSY, Reading.CPU_BUSY);
    long steal = delta(Reading.CPU_STEAL, Reading.CPU_STEAL);
    if (busy < 0) {
      return;
    }
    // Where idle time is kept, all time is known, and a step of the wall clock between the samples
    // does no harm. A container has no idle time: its cores and the clock have to do.
    boolean idleIsKept = newer.counters()[Reading.CPU_IDLE] > 0;
    long idle = Math.max(0, delta(Reading.CPU_IDLE, Reading.CPU_IDLE));
    double all =
        idleIsKept
            ? (double) busy + idle + Math.max(0, steal)
            : newer.cores() * lengthMs * US_PER_MS;
    set(Metric.CPU_PERCENT, percent(busy, all));
    if (steal >= 0) {
      set(Metric.STEAL_PERCENT, percent(steal, all));
    }
  }

  private void disks() {
    double operations = Double.NaN;
    double bytes = Double.NaN;
    double busiest = Double.NaN;
    for (int disk = 0; disk < newer.disks().size(); disk++) {
      int same = indexOf(newer.disks().get(disk), disk, older.disks());
      if (same < 0) {
        continue;
      }
      int was = Reading.FIXED + Reading.PER_DEVICE * same;
      int is = Reading.FIXED + Reading.PER_DEVICE * disk;
      // A container's or VM's disks have no busy time; their operations count all the same.
      boolean busyIsKept = newer.counters()[is + 2] != Reading.ABSENT;
      long busy = delta(was + 2, is + 2);
      if (delta(was, is) < 0 || delta(was + 1, is + 1) < 0 || busyIsKept && busy < 0) {
        continue;
      }
      operations = plus(operations, perSecond(delta(was, is)));
      bytes = plus(bytes, perSecond(delta(was + 1, is + 1)));
      if (busyIsKept) {
        busiest = max(busiest, percent(busy, lengthMs * US_PER_MS));
      }
    }
    set(Metric.IO_OPERATIONS, operations);
    set(Metric.IO_BYTES, bytes);
    set(Metric.IO_PERCENT, busiest);
  }

  private void links() {
    double bytes = Double.NaN;
    double busiest = Double.NaN;
    for (int link = 0; link < newer.links().size(); link++) {
      int same = indexOf(newer.links().get(link), link, older.links());
      if (same < 0) {
        continue;
      }
      int was = older.linkOffset(same);
      int is = newer.linkOffset(link);
      long received = delta(was, is);
      long sent = delta(was + 1, is + 1);
      if (received < 0 || sent < 0) {
        continue;
      }
      bytes = plus(bytes, perSecond(received) + perSecond(sent));
      long speed = newer.counters()[is + 2];
      if (speed > 0) {
        busiest = max(busiest, percent(perSecond(Math.max(received, sent)), speed));
      }
    }
    set(Metric.NETWORK_BYTES, bytes);
    set(Metric.NETWORK_PERCENT, busiest);
  }

  /** Devices seldom change, so the same place is looked at first. */
  private static int indexOf(String name, int place, List<String> in) {
    return place < in.size() && in.get(place).equals(name) ? place : in.indexOf(name);
  }

  /** How far a counter went; negative where it went back, or one of the two is absent. */
  private long delta(int was, int is) {
    long before = older.counters()[was];
    long after = newer.counters()[is];
    return before == Reading.ABSENT || after == Reading.ABSENT ? Reading.ABSENT : after - before;
  }

  private boolean wentBack(int counter, long tolerated) {
    long before = older.counters()[counter];
    long after = newer.counters()[counter];
    return before != Reading.ABSENT && after != Reading.ABSENT && after < before - tolerated;
  }

  /** Growth of a µs counter as a percentage of the time; NaN where not known. */
  private double share(int counter) {
    long delta = delta(counter, counter);
    return delta < 0 ? Double.NaN : percent(delta, lengthMs * US_PER_MS);
  }

  private double perSecond(long delta) {
    return delta * MS_PER_S / lengthMs;
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
