package io.tocsin.streams.rollup;

import io.tocsin.streams.window.Part;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What roll-ups cost beside Kafka and RocksDB: a part in the task that has it (groups, bytes for
 * the log, merging), and a merged record in the task that has the group (three windows read, merged
 * and written). A main class; prints a table.
 */
final class RollupCost {

  /** CPU time, because the machine may have other work. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 12;
  private static final int HOSTS = 500;
  private static final long[] SIZES = {10_000, 60_000, 300_000};

  private RollupCost() {}

  public static void main(String[] args) {
    List<Part> parts = Parts.many(10_000, new Random(1));
    for (int round = 0; round < ROUNDS; round++) {
      run(parts, round == ROUNDS - 1);
    }
  }

  private static void run(List<Part> parts, boolean isTold) {
    Gathering gathering = new Gathering();
    long bytes = 0;
    long start = THREADS.getCurrentThreadCpuTime();
    for (int part = 0; part < parts.size(); part++) {
      Contribution contribution = Contribution.of(parts.get(part), "rack-" + part % HOSTS);
      bytes += contribution.encode().length;
      gathering.add(contribution);
    }
    long gathered = THREADS.getCurrentThreadCpuTime() - start;

    Map<WindowKey, byte[]> store = new HashMap<>();
    int[] records = {0};
    long[] sent = {0};
    start = THREADS.getCurrentThreadCpuTime();
    gathering.drain(
        (group, window) -> {
          records[0]++;
          byte[] on = RollupCodec.encode(window);
          sent[0] += on.length;
          RollupWindow received = RollupCodec.decode(on).orElseThrow();
          for (long size : SIZES) {
            WindowKey key = WindowKey.at(group, size, received.startsAt());
            byte[] stored = store.get(key);
            Kept kept =
                stored == null
                    ? Kept.open(RollupWindow.empty(key.startsAt(), size, received.slotMs))
                    : Kept.decode(stored).orElseThrow();
            store.put(key, kept.with(received, 0).encode());
          }
        });
    long merged = THREADS.getCurrentThreadCpuTime() - start;
    if (isTold) {
      long kept = store.values().stream().mapToLong(value -> value.length).sum();
      System.out.printf("parts                 %,10d%n", parts.size());
      System.out.printf("us for a part         %10.1f%n", gathered / 1e3 / parts.size());
      System.out.printf("bytes in the log      %,10d%n", bytes / parts.size());
      System.out.printf("records sent on       %,10d%n", records[0]);
      System.out.printf("bytes of a record     %,10d%n", sent[0] / records[0]);
      System.out.printf("us for a record       %10.1f%n", merged / 1e3 / records[0]);
      System.out.printf("bytes of a window     %,10d%n", kept / store.size());
    }
  }
}
