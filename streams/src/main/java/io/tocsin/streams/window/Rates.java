package io.tocsin.streams.window;

import static io.tocsin.streams.window.Interval.percent;

import io.tocsin.streams.window.Rating.Reason;
import java.util.Arrays;

/**
 * Makes rates from cumulative counters.
 *
 * <p>A counter that went backwards began anew or wrapped, and which of the two cannot be told; the
 * interval then has no rate rather than a guess. For a CPU counter that is so for the whole
 * interval, for another one only for what is made of it, for a device only for that device.
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
    if (older.shape().bootedAt() != Reading.ABSENT
        && newer.shape().bootedAt() != Reading.ABSENT
        && Math.abs(newer.shape().bootedAt() - older.shape().bootedAt()) > BOOT_JITTER_MS) {
      return new Rating.Unrated(Reason.REBOOT);
    }
    if (wentBack(Reading.CPU_BUSY, 0)
        || wentBack(Reading.CPU_STEAL, 0)
        || wentBack(Reading.CPU_IDLE, IDLE_JITTER_US)) {
      return new Rating.Unrated(Reason.RESET);
    }
    cpu();
    quota();
    memory();
    Movement moved = Devices.between(older, newer, lengthMs, values);
    set(Metric.CPU_PRESSURE, share(Reading.CPU_STALLED));
    set(Metric.IO_PRESSURE, share(Reading.IO_STALLED));
    set(Metric.IO_STALL, share(Reading.IO_FULL));
    long segments = Math.max(0, delta(Reading.SEGMENTS));
    long again = delta(Reading.RETRANSMITTED);
    if (again >= 0) {
      set(Metric.RETRANSMIT_PERCENT, percent(again, segments));
    }
    return new Rating.Rated(new Interval(newer.at(), lengthMs, segments, values, moved));
  }

  private void cpu() {
    long busy = delta(Reading.CPU_BUSY);
    long steal = delta(Reading.CPU_STEAL);
    double cores = newer.shape().cores();
    if (newer.counters()[Reading.RUNNABLE] >= 0 && cores > 0) {
      set(Metric.RUN_QUEUE_PER_CORE, newer.counters()[Reading.RUNNABLE] / cores);
    }
    if (busy < 0) {
      return;
    }
    // Where idle time is kept, all time is known, and a step of the wall clock between the samples
    // does no harm. A container has no idle time: its cores and the clock have to do.
    boolean idleIsKept = newer.counters()[Reading.CPU_IDLE] > 0;
    long idle = Math.max(0, delta(Reading.CPU_IDLE));
    double all =
        idleIsKept ? (double) busy + idle + Math.max(0, steal) : cores * lengthMs * US_PER_MS;
    set(Metric.CPU_PERCENT, percent(busy, all));
    if (steal >= 0) {
      set(Metric.STEAL_PERCENT, percent(steal, all));
    }
  }

  private void quota() {
    long delayed = delta(Reading.VCPU_DELAY);
    if (delayed >= 0) {
      set(
          Metric.VCPU_DELAY_PERCENT,
          percent(delayed, newer.shape().vcpus() * lengthMs * US_PER_MS));
    }
    long throttled = delta(Reading.THROTTLED);
    if (throttled >= 0) {
      set(
          Metric.THROTTLED_PERCENT,
          percent(throttled, newer.shape().cores() * lengthMs * US_PER_MS));
    }
    long heldBack = delta(Reading.THROTTLED_PERIODS);
    if (heldBack >= 0) {
      // No period has passed: nothing ran that could have been held back.
      long periods = Math.max(0, delta(Reading.QUOTA_PERIODS));
      set(Metric.THROTTLED_PERIODS_PERCENT, periods == 0 ? 0 : percent(heldBack, periods));
    }
  }

  private void memory() {
    set(Metric.MEMORY_PERCENT, newer.memoryPercent());
    set(Metric.MEMORY_PRESSURE, share(Reading.MEMORY_STALLED));
    set(Metric.MEMORY_STALL, share(Reading.MEMORY_FULL));
    set(Metric.SWAP_PAGES, perSecond(Reading.SWAPPED));
    set(Metric.MAJOR_FAULTS, perSecond(Reading.MAJOR_FAULTS));
    long killed = delta(Reading.OOM_KILLS);
    set(Metric.OOM_KILLS, killed < 0 ? Double.NaN : killed);
  }

  /** How far a counter went; negative where it went back, or one of the two is absent. */
  private long delta(int counter) {
    long before = older.counters()[counter];
    long after = newer.counters()[counter];
    return before == Reading.ABSENT || after == Reading.ABSENT ? Reading.ABSENT : after - before;
  }

  private boolean wentBack(int counter, long tolerated) {
    long before = older.counters()[counter];
    long after = newer.counters()[counter];
    return before != Reading.ABSENT && after != Reading.ABSENT && after < before - tolerated;
  }

  /** Growth of a µs counter as a percentage of the time; NaN where not known. */
  private double share(int counter) {
    long delta = delta(counter);
    return delta < 0 ? Double.NaN : percent(delta, lengthMs * US_PER_MS);
  }

  private double perSecond(int counter) {
    long delta = delta(counter);
    return delta < 0 ? Double.NaN : delta * MS_PER_S / lengthMs;
  }

  private void set(Metric metric, double value) {
    values[metric.ordinal()] = value;
  }
}
