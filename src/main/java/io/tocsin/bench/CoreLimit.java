package io.tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds a process to a share of the machine's cores, by a cgroup of its own (cgroups(7): the CPU
 * controller's quota, of version 1 or 2), so that instances that share a machine do not share its
 * cores.
 */
final class CoreLimit implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** A tenth of what the kernel takes by itself would switch too often; this is its default. */
  private static final long PERIOD_US = 100_000;

  private final Path group;

  private CoreLimit(Path group) {
    this.group = group;
  }

  /**
   * Limits a process and all it starts.
   *
   * @param name of the group; unique on this machine
   * @param cores how many, such as 0.5
   * @throws BenchFailure if the kernel does not let this user
   */
  static CoreLimit of(long pid, String name, double cores) {
    long quota = Math.round(PERIOD_US * cores);
    boolean first = Files.isDirectory(ROOT.resolve("cpu"));
    Path group = (first ? ROOT.resolve("cpu") : ROOT).resolve(name);
    try {
      Files.createDirectories(group);
      if (first) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_US));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_US);
      }
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      return new CoreLimit(group);
    } catch (IOException refused) {
      throw new BenchFailure(
          "--core-limit: the group " + group + " cannot be made: " + refused + "; it needs root",
          refused);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(group);
    } catch (IOException stillUsed) {
      // An empty group that stays costs nothing, and the process may take a moment to be gone.
    }
  }
}
