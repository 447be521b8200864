package io.tocsin.cluster;

import java.nio.file.Path;
import java.time.*;
import java.util.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

class ClusterITCase {
  @TempDir Path directory;

  @Test
  void come() throws Exception {
    long begun = System.nanoTime();
    try (Installation all = new Installation(directory, 5, Clock.systemUTC())) {
      all.start();
      System.out.println("up after " + (System.nanoTime() - begun) / 1_000_000);
      System.out.println(all.handOver());
      try (Outages outages = new Outages(all.endpoints(), all.pager(), Clock.systemUTC());
          Samples samples = new Samples(all.cluster(), "x", Clock.systemUTC());
          Oracle oracle = new Oracle(all.cluster(), Clock.systemUTC())) {
        samples.start();
        outages.next(all.renew(1));
        Thread.sleep(30_000);
        outages.rest();
        Thread.sleep(15_000);
        for (var o : outages.all())
          System.out.println(o.resource() + " " + o.waited(Instant.now()).toMillis());
        samples.stop();
        Thread.sleep(20_000);
        oracle.readAll();
        System.out.println(
            "lost "
                + oracle.lostOfAgents()
                + " of "
                + oracle.ofAgents()
                + ", "
                + oracle.lost(samples)
                + " refused "
                + samples.refused()
                + " mis "
                + oracle.miscounted(samples)
                + " without "
                + oracle.withoutIncident(outages.all())
                + " twice "
                + oracle.twice(outages.all())
                + " open "
                + oracle.open()
                + " besides "
                + oracle.besides(outages.all())
                + " paged2 "
                + oracle.pagedTwice()
                + " healed2 "
                + Oracle.healedTwice(all.heals())
                + " heals "
                + java.nio.file.Files.readAllLines(all.heals()).size());
      }
    }
  }
}
