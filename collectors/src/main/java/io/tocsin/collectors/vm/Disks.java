package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.DiskSample;
import java.util.ArrayList;
import java.util.List;

/**
 * Disks of a domain, from the group {@code block}, under the names its guest has for them. Times
 * are summed over operations, flushes among them; how long a disk was busy is not kept.
 */
final class Disks {

  private static final int MOST = 1024;

  private Disks() {}

  static List<DiskSample> of(DomainStats stats, List<Problem> problems) {
    List<DiskSample> disks = new ArrayList<>();
    int count = stats.count("block.count", MOST, problems);
    for (int i = 0; i < count; i++) {
      try {
        DiskSample disk = disk(stats, "block." + i);
        if (disk != null) {
          disks.add(disk);
        }
      } catch (CollectorException malformed) {
        problems.add(malformed.problem());
      }
    }
    return disks;
  }

  private static DiskSample disk(DomainStats stats, String block) throws CollectorException {
    String name = stats.text(block + ".name");
    Long reads = stats.number(block + ".rd.reqs");
    Long writes = stats.number(block + ".wr.reqs");
    if (name == null || reads == null || writes == null) {
      return null;
    }
    return DiskSample.newBuilder()
        .setName(name)
        .setReads(reads)
        .setWrites(writes)
        .setReadBytes(stats.numberOrZero(block + ".rd.bytes"))
        .setWrittenBytes(stats.numberOrZero(block + ".wr.bytes"))
        .setWeightedUs(
            stats.numberOrZero(block + ".rd.times") / 1000
                + stats.numberOrZero(block + ".wr.times") / 1000
                + stats.numberOrZero(block + ".fl.times") / 1000)
        .build();
  }
}
