package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.DiskSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What /proc/diskstats says (<a
 * href="https://docs.kernel.org/admin-guide/iostats.html">iostats.html</a>). Sectors are of 512
 * bytes, whatever the device's own.
 */
final class Disks {

  private static final int SECTOR_BYTES = 512;
  private static final int MICROS_PER_MILLI = 1_000;
  private static final Pattern NO_DISK = Pattern.compile("(loop|z?ram|fd)\\d+");
  private static final Pattern STACKED = Pattern.compile("(dm-|md)\\d+");
  private static final Pattern NAME = Pattern.compile("[\\w.!/-]{1,64}");

  private Disks() {}

  /**
   * The devices that {@code counts} says yes to. A line that makes no sense is a problem and leaves
   * the others as they are.
   */
  static List<DiskSample> parse(
      ProcText diskstats, Predicate<String> counts, List<Problem> problems) {
    List<DiskSample> disks = new ArrayList<>();
    try {
      while (diskstats.nextLine()) {
        try {
          DiskSample disk = parseLine(diskstats, counts);
          if (disk != null) {
            disks.add(disk);
          }
        } catch (CollectorException badLine) {
          problems.add(badLine.problem());
        }
      }
    } catch (CollectorException cutShort) {
      problems.add(cutShort.problem());
    }
    return disks;
  }

  private static DiskSample parseLine(ProcText line, Predicate<String> counts)
      throws CollectorException {
    line.skip(2);
    if (!line.nextField()) {
      throw line.malformed("the device's name is missing");
    }
    String name = line.text();
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw line.malformed("that is no name of a device");
    }
    if (!counts.test(name)) {
      return null;
    }
    DiskSample.Builder disk = DiskSample.newBuilder().setName(name);
    disk.setReads(line.number("number of reads"));
    line.skip(1);
    disk.setReadBytes(line.number("number of sectors read", SECTOR_BYTES));
    line.skip(1);
    disk.setWrites(line.number("number of writes"));
    line.skip(1);
    disk.setWrittenBytes(line.number("number of sectors written", SECTOR_BYTES));
    line.skip(1);
    disk.setInFlight(line.number("number of operations in flight"));
    disk.setBusyUs(line.number("busy time", MICROS_PER_MILLI));
    disk.setWeightedUs(line.number("weighted time", MICROS_PER_MILLI));
    return disk.build();
  }

  /**
   * Whether a device is a whole disk that no other device stands for: no partition (those are not
   * in /sys/block), nothing made of memory or a file, no device mapper or RAID device over disks
   * that are counted themselves.
   */
  static Predicate<String> wholeDisks(ProcFiles sys) {
    return name -> {
      if (NO_DISK.matcher(name).matches()) {
        return false;
      }
      // A slash in a device's name is a `!` in sysfs.
      String folder = "block/" + name.replace('/', '!');
      return sys.has(folder)
          && !(STACKED.matcher(name).matches() && sys.hasEntries(folder + "/slaves"));
    };
  }
}
