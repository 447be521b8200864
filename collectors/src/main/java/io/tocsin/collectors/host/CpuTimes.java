package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.CpuSample;
import java.time.Instant;
import java.util.List;

/**
 * What /proc/stat says (<a href="https://docs.kernel.org/filesystems/proc.html">proc.html</a>,
 * section 1.7). Null is what the kernel does not keep: guests before Linux 2.6.24.
 *
 * @param cores CPUs online
 * @param userUs user and nice; the kernel counts guests in here already
 * @param niceUs the part of it in niced processes
 * @param guestUs the part of it running guests, niced or not; null where it is not kept
 * @param systemUs system, irq and softirq
 * @param running tasks runnable now
 * @param blocked tasks waiting for input or output now; null where it is not kept
 * @param bootedAt when the machine booted
 */
record CpuTimes(
    int cores,
    long userUs,
    long niceUs,
    Long guestUs,
    long systemUs,
    long irqUs,
    long softirqUs,
    long idleUs,
    long iowaitUs,
    long stealUs,
    long running,
    Long blocked,
    Instant bootedAt) {

  /**
   * USER_HZ is 100 on every architecture that Linux still runs on in earnest, whatever the kernel's
   * own HZ.
   */
  private static final long MICROS_PER_TICK = 10_000;

  /** Up to steal, which Linux has counted since 2.6.11. */
  private static final int ALWAYS_THERE = 8;

  /**
   * The times.
   *
   * @param problems takes what makes no sense of those that may be null
   * @throws CollectorException if one of the others makes no sense
   */
  static CpuTimes parse(ProcText stat, List<Problem> problems) throws CollectorException {
    long[] ticks = null;
    int cores = 0;
    long running = -1;
    long blocked = -1;
    long bootedAt = -1;
    // All stand below the cpu lines; what is below them need not be looked at.
    boolean blockedSeen = false;
    while ((running < 0 || !blockedSeen || bootedAt < 0) && stat.nextLine() && stat.nextField()) {
      if (stat.is("cpu")) {
        ticks = ticks(stat, problems);
      } else if (stat.startsWith("cpu")) {
        cores++;
      } else if (stat.is("btime")) {
        bootedAt = stat.number("boot time", 1_000);
      } else if (stat.is("procs_running")) {
        running = stat.number("number of running tasks");
      } else if (stat.is("procs_blocked")) {
        blockedSeen = true;
        blocked = orNone(() -> stat.number("number of blocked tasks"), problems);
      }
    }
    if (ticks == null || cores == 0 || running < 0 || bootedAt < 0) {
      throw stat.malformed("'cpu', 'cpu0', 'btime' or 'procs_running' is missing up to here");
    }
    return new CpuTimes(
        cores,
        ticks[0] + ticks[1],
        ticks[1],
        ticks[8] < 0 ? null : (Long) (ticks[8] + Math.max(0, ticks[9])),
        ticks[2] + ticks[5] + ticks[6],
        ticks[5],
        ticks[6],
        ticks[3],
        ticks[4],
        ticks[7],
        running,
        blocked < 0 ? null : (Long) blocked,
        Instant.ofEpochMilli(bootedAt));
  }

  private static long[] ticks(ProcText stat, List<Problem> problems) throws CollectorException {
    long[] ticks = new long[10];
    for (int i = 0; i < ticks.length; i++) {
      boolean given = stat.nextField();
      if (i < ALWAYS_THERE) {
        if (!given) {
          throw stat.malformed("the CPU time is missing");
        }
        ticks[i] = time(stat);
      } else {
        ticks[i] = given ? orNone(() -> time(stat), problems) : -1;
      }
    }
    return ticks;
  }

  private static long time(ProcText stat) throws CollectorException {
    long micros = stat.thisNumber("CPU time", MICROS_PER_TICK);
    // Three of them are added up.
    if (micros > Long.MAX_VALUE / 3) {
      throw stat.malformed("the CPU time is too large to be true");
    }
    return micros;
  }

  @FunctionalInterface
  private interface Figure {
    long read() throws CollectorException;
  }

  private static long orNone(Figure figure, List<Problem> problems) {
    try {
      return figure.read();
    } catch (CollectorException noSense) {
      problems.add(noSense.problem());
      return -1;
    }
  }

  /** The sample's part; the load is null where it could not be read. */
  CpuSample sample(LoadAverage load) {
    return CpuSample.newBuilder()
        .setCores(cores)
        .setUserUs(userUs)
        .setNiceUs(niceUs)
        .setGuestUs(guestUs)
        .setSystemUs(systemUs)
        .setIrqUs(irqUs)
        .setSoftirqUs(softirqUs)
        .setIdleUs(idleUs)
        .setIowaitUs(iowaitUs)
        .setStealUs(stealUs)
        .setThrottledUs(0)
        .setLoad1(load == null ? null : (Double) load.load1())
        .setLoad5(load == null ? null : (Double) load.load5())
        .setLoad15(load == null ? null : (Double) load.load15())
        .setRunning(running)
        .setBlocked(blocked)
        .build();
  }
}
