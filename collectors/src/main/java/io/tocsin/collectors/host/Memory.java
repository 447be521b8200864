package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.MemorySample;
import java.util.List;

/** What /proc/meminfo and /proc/vmstat say. */
final class Memory {

  private static final String[] SIZES = {
    "MemTotal:", "MemAvailable:", "SwapTotal:", "SwapFree:", "Buffers:", "Cached:", "AnonPages:"
  };

  /** The first so many sizes must be there. */
  private static final int NEEDED = 4;

  private static final int BUFFERS = 4;
  private static final int CACHED = 5;
  private static final int ANONYMOUS = 6;

  private static final String[] EVENTS = {"pswpin", "pswpout", "oom_kill", "pgmajfault"};
  private static final int MAJOR_FAULTS = 3;

  private Memory() {}

  /**
   * The sizes; events are still zero. The page cache is Cached and Buffers together, as a cgroup
   * counts it.
   *
   * @param problems takes what makes no sense of the sizes that a kernel may lack
   * @throws CollectorException if another one is missing: MemAvailable needs Linux 3.14
   */
  static MemorySample.Builder parse(ProcText meminfo, List<Problem> problems)
      throws CollectorException {
    long[] bytes = {-1, -1, -1, -1, -1, -1, -1};
    try {
      readSizes(meminfo, bytes, problems);
    } catch (CollectorException cutShort) {
      if (!hasAllNeeded(bytes)) {
        throw cutShort;
      }
      problems.add(cutShort.problem());
    }
    if (!hasAllNeeded(bytes)) {
      throw meminfo.malformed(
          "MemTotal:, MemAvailable:, SwapTotal: or SwapFree: is missing up to here");
    }
    return MemorySample.newBuilder()
        .setTotalBytes(bytes[0])
        .setAvailableBytes(bytes[1])
        .setSwapTotalBytes(bytes[2])
        .setSwapFreeBytes(bytes[3])
        .setCacheBytes(bytes[CACHED] < 0 ? null : (Long) cache(bytes))
        .setAnonymousBytes(bytes[ANONYMOUS] < 0 ? null : (Long) bytes[ANONYMOUS])
        .setSwapInPages(0)
        .setSwapOutPages(0)
        .setOomKills(0);
  }

  private static void readSizes(ProcText meminfo, long[] bytes, List<Problem> problems)
      throws CollectorException {
    int found = 0;
    while (found < SIZES.length && meminfo.nextLine()) {
      meminfo.nextField();
      int size = indexIn(SIZES, meminfo);
      if (size < 0) {
        continue;
      }
      found++;
      try {
        bytes[size] = bytes(meminfo, SIZES[size]);
      } catch (CollectorException noSense) {
        if (size < NEEDED) {
          throw noSense;
        }
        problems.add(noSense.problem());
      }
    }
  }

  private static boolean hasAllNeeded(long[] bytes) {
    for (int size = 0; size < NEEDED; size++) {
      if (bytes[size] < 0) {
        return false;
      }
    }
    return true;
  }

  private static long cache(long[] bytes) {
    return bytes[CACHED] + Math.max(0, bytes[BUFFERS]);
  }

  /** The next two fields as a size: {@code 4 kB}. */
  static long bytes(ProcText text, String name) throws CollectorException {
    long kibibytes = text.number("size");
    // Halved, so that two of them can be added.
    if (!text.nextField() || !text.is("kB") || kibibytes > Long.MAX_VALUE / 2048) {
      throw text.malformed(name + " is not given in kB");
    }
    return kibibytes * 1024;
  }

  /**
   * Adds the events. What the kernel does not count stays zero (oom_kill before 4.13) or null
   * (major faults).
   */
  static MemorySample.Builder addEvents(MemorySample.Builder memory, ProcText vmstat)
      throws CollectorException {
    long[] events = new long[EVENTS.length];
    events[MAJOR_FAULTS] = -1;
    int found = 0;
    while (found < EVENTS.length && vmstat.nextLine()) {
      vmstat.nextField();
      int event = indexIn(EVENTS, vmstat);
      if (event >= 0) {
        events[event] = vmstat.number("counter");
        found++;
      }
    }
    return memory
        .setSwapInPages(events[0])
        .setSwapOutPages(events[1])
        .setOomKills(events[2])
        .setMajorFaults(events[MAJOR_FAULTS] < 0 ? null : (Long) events[MAJOR_FAULTS]);
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
