package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.DiskSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was read from and written to block devices; one line or several for each device. */
final class IoStat {

  private long reads;
  private long writes;
  private long readBytes;
  private long writtenBytes;

  private IoStat() {}

  /**
   * io.stat of version 2: {@code 8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6}. A line that
   * makes no sense is a problem and leaves the others as they are.
   */
  static List<DiskSample> parse(KernelText text, BlockDevices devices, Troubles troubles)
      throws CollectorException {
    List<DiskSample> disks = new ArrayList<>(2);
    while (text.line()) {
      try {
        IoStat stat = new IoStat();
        String device = text.field() ? text.text() : "";
        boolean any = false;
        while (text.field()) {
          any |= stat.take(text);
        }
        if (any) {
          disks.add(stat.sample(devices.name(device)));
        }
      } catch (CollectorException badLine) {
        troubles.add(badLine);
      }
    }
    return disks;
  }

  private boolean take(KernelText text) throws CollectorException {
    if (text.startsWith("rbytes=")) {
      readBytes = text.numberAfter("rbytes=");
    } else if (text.startsWith("wbytes=")) {
      writtenBytes = text.numberAfter("wbytes=");
    } else if (text.startsWith("rios=")) {
      reads = text.numberAfter("rios=");
    } else if (text.startsWith("wios=")) {
      writes = text.numberAfter("wios=");
    } else {
      return false;
    }
    return true;
  }

  /** Starts on the two files of version 1. */
  static Map<String, IoStat> ofVersion1() {
    return new LinkedHashMap<>();
  }

  /**
   * One of the two files of version 1: lines {@code 8:0 Read 4096}, and a total at the end.
   *
   * @param bytes whether it counts bytes; operations otherwise
   */
  static void addVersion1(KernelText text, boolean bytes, Map<String, IoStat> to, Troubles troubles)
      throws CollectorException {
    while (text.line()) {
      if (!text.field() || text.is("Total")) {
        continue;
      }
      String device = text.text();
      text.field();
      boolean read = text.is("Read");
      if (read || text.is("Write")) {
        try {
          long value = text.number();
          to.computeIfAbsent(device, none -> new IoStat()).set(read, bytes, value);
        } catch (CollectorException badLine) {
          troubles.add(badLine);
        }
      }
    }
  }

  private void set(boolean read, boolean bytes, long value) {
    if (bytes && read) {
      readBytes = value;
    } else if (bytes) {
      writtenBytes = value;
    } else if (read) {
      reads = value;
    } else {
      writes = value;
    }
  }

  /** What the two files said. */
  static List<DiskSample> samples(Map<String, IoStat> stats, BlockDevices devices) {
    List<DiskSample> disks = new ArrayList<>(stats.size());
    stats.forEach((device, stat) -> disks.add(stat.sample(devices.name(device))));
    return disks;
  }

  private DiskSample sample(String name) {
    return DiskSample.newBuilder()
        .setName(name)
        .setReads(reads)
        .setWrites(writes)
        .setReadBytes(readBytes)
        .setWrittenBytes(writtenBytes)
        .build();
  }
}
