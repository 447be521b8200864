package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.CpuSample;
import java.time.Instant;

/**
 * What /proc/stat says (<a href="https://docs.kernel.org/filesystems/proc.html">proc.html</a>,
 * section 1.7).
 *
 * @param cores CPUs online
 * @param userUs user and nice; the kernel counts guests in here already
 * @param systemUs system, irq and softirq
 * @param running tasks runnable now
 * @param bootedAt when the machine booted
 */
record CpuTimes(
    int cores,
    long userUs,
    long systemUs,
    long idleUs,
    long iowaitUs,
    long stealUs,
    long running,
    Instant bootedAt) {

  /**
   * USER_HZ is 100 on every architecture that Linux still runs on in earnest, whatever the kernel's
   * own HZ.
   */
  private static final long MICROS_PER_TICK = 10_000;

  static CpuTimes parse(ProcText stat) throws CollectorException {
    long[] ticks = null;
    int cores = 0;
    long running = -1;
    long bootedAt = -1;
    // Both stand below the cpu lines; what is below them need not be looked at.
    while ((running < 0 || bootedAt < 0) && stat.nextLine() && stat.nextField()) {
      if (stat.is("cpu")) {
        ticks = new long[8];
        for (int i = 0; i < ticks.length; i++) {
          ticks[i] = stat.number("CPU time", MICROS_PER_TICK);
          // Three of them are added up.
          if (ticks[i] > Long.MAX_VALUE / 3) {
            throw stat.malformed("the CPU time is too large to be true");
          }
        }
      } else if (stat.startsWith("cpu")) {
        cores++;
      } else if (stat.is("btime")) {
        bootedAt = stat.number("boot time", 1_000);
      } else if (stat.is("procs_running")) {
        running = stat.number("number of running tasks");
      }
    }
    if (ticks == null || cores == 0 || running < 0 || bootedAt < 0) {
      throw stat.malformed("'cpu', 'cpu0', 'btime' or 'procs_running' is missing up to here");
    }
    return new CpuTimes(
        cores,
        ticks[0] + ticks[1],
        ticks[2] + ticks[5] + ticks[6],
        ticks[3],
        ticks[4],
        ticks[7],
        running,
        Instant.ofEpochMilli(bootedAt));
  }

  CpuSample sample(Double load1) {
    return CpuSample.newBuilder()
        .setCores(cores)
        .setUserUs(userUs)
        .setSystemUs(systemUs)
        .setIdleUs(idleUs)
        .setIowaitUs(iowaitUs)
        .setStealUs(stealUs)
        .setThrottledUs(0)
        .setLoad1(load1)
        .setRunning(running)
        .build();
  }
}
