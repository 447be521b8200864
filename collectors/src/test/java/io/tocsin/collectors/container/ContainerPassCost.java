package io.tocsin.collectors.container;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

/**
 * Prints what a pass over a hundred containers costs: CPU time of the thread, user and kernel, per
 * pass, searches every fifth second included, and what it allocates. Arguments: {@code 1}, {@code
 * 2} for a made-up machine of that version of control groups, or the path of a mounted hierarchy.
 */
final class ContainerPassCost {

  private static final int CONTAINERS = 100;
  private static final int PASSES = 200;

  private ContainerPassCost() {}

  public static void main(String[] args) throws Exception {
    for (String arg : args.length == 0 ? new String[] {"1", "2"} : args) {
      System.out.println(Arrays.asList("1", "2").contains(arg) ? "version " + arg : arg);
      measure(config(arg));
    }
  }

  private static ContainerConfig config(String arg) throws Exception {
    if (arg.startsWith("/")) {
      return new ContainerConfig(
          "box", null, null, null, Path.of(arg), null, null, false, null, null, null, null);
    }
    Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "containers");
    FakeMachine machine =
        arg.equals("1") ? FakeMachine.version1(folder) : FakeMachine.version2(folder);
    for (int i = 0; i < CONTAINERS; i++) {
      machine.start(FakeMachine.path(FakeMachine.id(i)));
    }
    return machine.config(null);
  }

  private static void measure(ContainerConfig config) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] now = new long[1];
    ContainerCollector collector = new ContainerCollector(config, Clock.systemUTC(), () -> now[0]);
    collector.open();
    System.out.println(collector.resources().size() + " containers");
    for (int round = 0; round < 8; round++) {
      long cpu = threads.getCurrentThreadCpuTime();
      long user = threads.getCurrentThreadUserTime();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      for (int pass = 0; pass < PASSES; pass++) {
        now[0] += 1_000_000_000L;
        collector.collect();
      }
      System.out.printf(
          "%d passes: %.2f ms CPU each (%.2f ms of it in user mode), %d KiB allocated%n",
          PASSES,
          (threads.getCurrentThreadCpuTime() - cpu) / 1e6 / PASSES,
          (threads.getCurrentThreadUserTime() - user) / 1e6 / PASSES,
          (threads.getCurrentThreadAllocatedBytes() - bytes) / 1024 / PASSES);
    }
    collector.close();
  }
}
