package io.tocsin.collectors.container;

/**
 * Version 1 counts a group's CPU time in nanoseconds, but splits it into user and system time by
 * ticks of 10 ms only. This gives both in microseconds so that they add up to the exact time and
 * neither ever goes back, as the kernel's own cputime_adjust() does for processes.
 */
final class SplitCpuTime {

  private static final long NANOS_PER_MICRO = 1_000;

  private long usedUs;
  private long systemUs;

  /**
   * Takes the newest counters.
   *
   * @return false if they are not of the same group, because time went back
   */
  boolean add(long usedNanos, long userTicks, long systemTicks) {
    long newUsedUs = usedNanos / NANOS_PER_MICRO;
    if (newUsedUs < usedUs) {
      return false;
    }
    long byTicks = ofTicks(newUsedUs, userTicks, systemTicks);
    // What was used since the last call is all that either of them can have grown by.
    systemUs = Math.min(Math.max(byTicks, systemUs), systemUs + newUsedUs - usedUs);
    usedUs = newUsedUs;
    return true;
  }

  /** Ticks are of samples on some kernels: only their proportion is of use. */
  private static long ofTicks(long usedUs, long userTicks, long systemTicks) {
    double all = (double) userTicks + systemTicks;
    return all == 0 ? 0 : (long) (usedUs * (systemTicks / all));
  }

  long userUs() {
    return usedUs - systemUs;
  }

  long systemUs() {
    return systemUs;
  }
}
