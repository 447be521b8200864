package io.tocsin.collectors.container;

import io.tocsin.schemas.DiskSample;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of block devices, which control groups number only. Not thread-safe.
 *
 * <p>A device made of others (device mapper, RAID) and those others are charged for the same
 * operation; the upper one is left out where one below it is there too. So are devices made of
 * memory or of a file.
 */
final class BlockDevices {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,7}:\\d{1,7}");
  private static final Pattern NAME = Pattern.compile("[\\w.!-]{1,64}");
  private static final Pattern NO_DISK = Pattern.compile("(loop|z?ram|fd)\\d+");
  private static final int MOST = 4096;

  private final Path sys;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Set<String>> below = new HashMap<>();

  BlockDevices(Path sys) {
    this.sys = sys;
  }

  /** Forgets what it knows: numbers are given anew when devices come and go. */
  void refresh() {
    names.clear();
    below.clear();
  }

  /** The kernel's name of a device such as {@code 8:0}; the number where it has no name. */
  String name(String number) {
    String known = names.get(number);
    if (known == null) {
      known = look(number);
      if (names.size() < MOST) {
        names.put(number, known);
      }
    }
    return known;
  }

  private String look(String number) {
    if (!NUMBER.matcher(number).matches()) {
      return "unknown";
    }
    try {
      Path device = Files.readSymbolicLink(sys.resolve("dev/block").resolve(number));
      String name = String.valueOf(device.getFileName());
      // A slash in a device's name is a `!` in sysfs.
      return NAME.matcher(name).matches() ? name.replace('!', '/') : number;
    } catch (IOException | UnsupportedOperationException | InvalidPathException unknown) {
      return number;
    }
  }

  /** Those of the disks that no other of them stands for. */
  List<DiskSample> wholeDisks(List<DiskSample> disks) {
    if (disks.isEmpty()) {
      return disks;
    }
    Set<String> there = new HashSet<>();
    disks.forEach(disk -> there.add(disk.getName()));
    return disks.stream()
        .filter(disk -> !NO_DISK.matcher(disk.getName()).matches())
        .filter(disk -> below(disk.getName()).stream().noneMatch(there::contains))
        .toList();
  }

  private Set<String> below(String name) {
    return below.computeIfAbsent(
        name,
        any -> {
          String[] slaves =
              new File(sys.toFile(), "block/" + name.replace('/', '!') + "/slaves").list();
          return slaves == null ? Set.of() : Set.of(slaves);
        });
  }
}
