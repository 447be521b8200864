package io.tocsin.collectors.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs our collector, Debian's prometheus-node-exporter and collectd side by side on this machine,
 * each once a second, reading the same kinds of things, and prints what a pass costs each of them.
 *
 * <p>Cost is the CPU time of the whole process, user and kernel, from /proc/&lt;pid&gt;/task: ours
 * is a JVM that does nothing else, after 3,000 passes to warm up; nobody sends what was read. Since
 * the agent has one JVM for all its collectors, the first line has the part of it that the pass
 * takes. The last column has the cost of the process from /proc/&lt;pid&gt;/stat, in ticks of 10
 * ms, which counts threads that have ended too. Needs root for collectd's own files, and both
 * programs installed.
 *
 * <p>Arguments: number of rounds (5) and passes in each (20).
 */
final class HostPassBesideOthers {

  private HostPassBesideOthers() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    Path folder = Files.createTempDirectory("host-pass");
    try (RivalProcess ours = Rivals.ours(folder);
        RivalProcess exporter = Rivals.nodeExporter(folder);
        RivalProcess collectd = Rivals.collectd(folder)) {
      List<RivalProcess> all = List.of(ours, exporter, collectd);
      // The first passes load and open what later ones only use.
      passes(all, 10);
      ours.microsOfThread();
      for (int round = 0; round < rounds; round++) {
        for (RivalProcess each : all) {
          each.begin();
        }
        passes(all, passes);
        for (RivalProcess each : all) {
          each.end(passes);
        }
      }
      print(all, rounds, passes);
    }
  }

  private static void passes(List<RivalProcess> all, int count) throws Exception {
    for (int pass = 0; pass < count; pass++) {
      long next = System.nanoTime() + 1_000_000_000L;
      for (RivalProcess each : all) {
        each.pass();
      }
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
  }

  private static void print(List<RivalProcess> all, int rounds, int passes) throws Exception {
    double alone = all.get(0).microsOfThread();
    System.out.printf("%d rounds of %d passes, one a second, side by side%n", rounds, passes);
    System.out.printf(
        "%-24s %7s %22s %7s %10s %18s%n",
        "", "values", "us CPU a pass", "ratio", "RSS MB", "us by stat, total");
    System.out.printf(
        Locale.ROOT,
        "%-24s %7d %12.0f %16.2f%n",
        "ours: the pass",
        all.get(0).values(),
        alone,
        1.0);
    for (RivalProcess each : all) {
      System.out.printf(
          Locale.ROOT,
          "%-24s %7d %12.0f +- %6.0f %7.2f %10.1f %18.0f%n",
          each.name(),
          each.values(),
          each.mean(),
          each.spread(),
          each.mean() / alone,
          each.residentMegabytes(),
          each.meanByStat());
    }
  }
}
