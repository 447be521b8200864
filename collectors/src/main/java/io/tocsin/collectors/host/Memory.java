package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.MemorySample;

/** What /proc/meminfo and /proc/vmstat say. */
final class Memory {

  private static final String[] SIZES = {"MemTotal:", "MemAvailable:", "SwapTotal:", "SwapFree:"};
  private static final String[] EVENTS = {"pswpin", "pswpout", "oom_kill"};

  private Memory() {}

  /**
   * The sizes; events are still zero.
   *
   * @throws CollectorException if one is missing: MemAvailable needs Linux 3.14
   */
  static MemorySample.Builder parse(ProcText meminfo) throws CollectorException {
    long[] bytes = {-1, -1, -1, -1};
    int found = 0;
    while (found < SIZES.length && meminfo.nextLine()) {
      meminfo.nextField();
      int size = indexIn(SIZES, meminfo);
      if (size >= 0) {
        long kibibytes = meminfo.number("size");
        if (!meminfo.nextField() || !meminfo.is("kB") || kibibytes > Long.MAX_VALUE / 1024) {
          throw meminfo.malformed(SIZES[size] + " is not given in kB");
        }
        bytes[size] = kibibytes * 1024;
        found++;
      }
    }
    for (int size = 0; size < SIZES.length; size++) {
      if (bytes[size] < 0) {
        throw meminfo.malformed(SIZES[size] + " is missing up to here");
      }
    }
    return MemorySample.newBuilder()
        .setTotalBytes(bytes[0])
        .setAvailableBytes(bytes[1])
        .setSwapTotalBytes(bytes[2])
        .setSwapFreeBytes(bytes[3])
        .setSwapInPages(0)
        .setSwapOutPages(0)
        .setOomKills(0);
  }

  /** Adds the events. What the kernel does not count (oom_kill before 4.13) stays zero. */
  static MemorySample.Builder addEvents(MemorySample.Builder memory, ProcText vmstat)
      throws CollectorException {
    long[] events = new long[EVENTS.length];
    while (vmstat.nextLine()) {
      vmstat.nextField();
      int event = indexIn(EVENTS, vmstat);
      if (event >= 0) {
        events[event] = vmstat.number("counter");
      }
    }
    return memory.setSwapInPages(events[0]).setSwapOutPages(events[1]).setOomKills(events[2]);
  }

  private static int indexIn(String[] keys, ProcText text) {
    for (int i = 0; i < keys.length; i++) {
      if (text.is(keys[i])) {
        return i;
      }
    }
    return -1;
  }
}
