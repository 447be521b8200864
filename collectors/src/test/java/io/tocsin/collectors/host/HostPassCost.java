package io.tocsin.collectors.host;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Prints what a pass over this machine costs: CPU time of the thread (user and kernel) per pass, in
 * microseconds. The clock moves by a second each pass, so that what is read every ten seconds or
 * every minute has its share. The first line is a JVM that has just started, the last one a warm
 * one.
 */
final class HostPassCost {

  private static final int PASSES = 1_000;

  private HostPassCost() {}

  public static void main(String[] args) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    SteppingClock clock = new SteppingClock();
    HostCollector collector = new HostCollector(HostConfig.DEFAULT, clock);
    for (int round = 0; round < 8; round++) {
      long cpu = threads.getCurrentThreadCpuTime();
      long user = threads.getCurrentThreadUserTime();
      long wall = System.nanoTime();
      for (int pass = 0; pass < PASSES; pass++) {
        collector.collect();
        clock.step(Duration.ofSeconds(1));
      }
      System.out.printf(
          "%d passes: %.1f us CPU each (%.1f us of it in user mode), %.1f us wall%n",
          PASSES,
          (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / PASSES,
          (threads.getCurrentThreadUserTime() - user) / 1e3 / PASSES,
          (System.nanoTime() - wall) / 1e3 / PASSES);
    }
  }
}
