package io.tocsin.collectors.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A machine made of files, with containers of control groups version 1 or 2 that come and go. */
final class FakeMachine {

  private static final String BASICS =
      """
      -- proc/meminfo --
      MemTotal:        8000000 kB
      SwapTotal:       1000000 kB
      -- proc/stat --
      cpu  1 2 3 4 5 6 7 8 9 10
      btime 1700000000
      -- proc/sys/kernel/hostname --
      box
      -- proc/1/ns/net -> net:[1] --
      -- sys/devices/system/cpu/online --
      0-7
      -- sys/dev/block/8:0 -> ../../devices/pci/block/sda --
      """;

  private static final String PROCESS =
      """
      -- proc/%1$d/ns/net -> net:[%1$d] --
      -- proc/%1$d/stat --
      %1$d (a) b) S 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5000 1 1
      -- proc/%1$d/net/dev --
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
          lo:       9       9    0    0    0     0          0         0        9       9    0    0    0     0       0          0
        eth0:    1000      10    1    2    0     0          0         0     2000      20    3    4    0     0       0          0
      -- proc/%1$d/net/snmp --
      Ip: Forwarding
      Ip: 1
      Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
      Tcp: 1 200 120000 -1 1 1 1 1 1 100 200 3 0 0 0
      """;

  private static final String GROUP_V2 =
      """
      -- cgroup%1$s/cgroup.procs --
      %2$d
      -- cgroup%1$s/cpu.max --
      50000 100000
      -- cgroup%1$s/cpu.stat --
      usage_usec 3000000
      user_usec 2000000
      system_usec 1000000
      nr_periods 40
      nr_throttled 4
      throttled_usec 70000
      -- cgroup%1$s/cpu.pressure --
      some avg10=0.00 avg60=0.00 avg300=0.00 total=11
      full avg10=0.00 avg60=0.00 avg300=0.00 total=5
      -- cgroup%1$s/memory.pressure --
      some avg10=0.00 avg60=0.00 avg300=0.00 total=12
      full avg10=0.00 avg60=0.00 avg300=0.00 total=6
      -- cgroup%1$s/io.pressure --
      some avg10=0.00 avg60=0.00 avg300=0.00 total=13
      full avg10=0.00 avg60=0.00 avg300=0.00 total=7
      -- cgroup%1$s/memory.current --
      50000000
      -- cgroup%1$s/memory.max --
      100000000
      -- cgroup%1$s/memory.swap.current --
      1000
      -- cgroup%1$s/memory.swap.max --
      max
      -- cgroup%1$s/memory.events --
      low 0
      high 0
      max 8
      oom 1
      oom_kill 1
      oom_group_kill 0
      -- cgroup%1$s/memory.stat --
      anon 30000000
      file 15000000
      kernel 1000000
      kernel_stack 16384
      pagetables 40960
      sock 0
      shmem 0
      file_mapped 0
      file_dirty 0
      file_writeback 0
      swapcached 0
      inactive_anon 1
      active_anon 2
      inactive_file 10000000
      active_file 5000000
      unevictable 0
      slab_reclaimable 1
      slab_unreclaimable 2
      slab 3
      workingset_refault_anon 0
      workingset_refault_file 0
      workingset_activate_anon 0
      workingset_activate_file 0
      workingset_restore_anon 0
      workingset_restore_file 0
      workingset_nodereclaim 0
      pgscan 0
      pgsteal 0
      pgfault 1234
      pgmajfault 21
      pgrefill 0
      pgactivate 0
      pgdeactivate 0
      pglazyfree 0
      pglazyfreed 0
      -- cgroup%1$s/io.stat --
      8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0
      -- cgroup%1$s/pids.current --
      7
      -- cgroup%1$s/pids.max --
      100
      """;

  private static final String GROUP_V1 =
      """
      -- cgroup/cpuacct%1$s/cgroup.procs --
      %2$d
      -- cgroup/cpu%1$s/cpu.cfs_quota_us --
      50000
      -- cgroup/cpu%1$s/cpu.cfs_period_us --
      100000
      -- cgroup/cpu%1$s/cpu.stat --
      nr_periods 40
      nr_throttled 4
      throttled_time 70000000
      -- cgroup/cpuacct%1$s/cpuacct.usage --
      3000000000
      -- cgroup/cpuacct%1$s/cpuacct.stat --
      user 200
      system 100
      -- cgroup/memory%1$s/memory.usage_in_bytes --
      50000000
      -- cgroup/memory%1$s/memory.limit_in_bytes --
      100000000
      -- cgroup/memory%1$s/memory.memsw.limit_in_bytes --
      200000000
      -- cgroup/memory%1$s/memory.failcnt --
      8
      -- cgroup/memory%1$s/memory.oom_control --
      oom_kill_disable 0
      under_oom 0
      oom_kill 1
      -- cgroup/memory%1$s/memory.stat --
      cache 15000000
      rss 30000000
      rss_huge 0
      shmem 0
      mapped_file 0
      dirty 0
      writeback 0
      swap 1000
      pgpgin 754
      pgpgout 738
      pgfault 1234
      pgmajfault 21
      inactive_anon 1
      active_anon 2
      inactive_file 10000000
      active_file 5000000
      unevictable 0
      hierarchical_memory_limit 100000000
      hierarchical_memsw_limit 200000000
      total_cache 15000000
      total_rss 30000000
      total_rss_huge 0
      total_shmem 0
      total_mapped_file 0
      total_dirty 0
      total_writeback 0
      total_swap 1000
      total_pgpgin 754
      total_pgpgout 738
      total_pgfault 1234
      total_pgmajfault 21
      total_inactive_anon 1
      total_active_anon 2
      total_inactive_file 10000000
      total_active_file 5000000
      total_unevictable 0
      -- cgroup/blkio%1$s/blkio.throttle.io_service_bytes_recursive --
      8:0 Read 4096
      8:0 Write 8192
      8:0 Sync 0
      8:0 Async 12288
      8:0 Discard 0
      8:0 Total 12288
      Total 12288
      -- cgroup/blkio%1$s/blkio.throttle.io_serviced_recursive --
      8:0 Read 1
      8:0 Write 2
      8:0 Sync 0
      8:0 Async 3
      8:0 Discard 0
      8:0 Total 3
      Total 3
      -- cgroup/pids%1$s/pids.current --
      7
      -- cgroup/pids%1$s/pids.max --
      100
      """;

  private final Path folder;
  private final boolean version2;
  private int process = 100;

  private FakeMachine(Path folder, boolean version2) throws IOException {
    this.folder = folder;
    this.version2 = version2;
    Tree.expand(BASICS, folder);
    if (version2) {
      Tree.expand("-- cgroup/cgroup.controllers --\ncpu io memory pids\n", folder);
    } else {
      for (String controller : List.of("cpu", "cpuacct", "memory", "blkio", "pids")) {
        Files.createDirectories(folder.resolve("cgroup").resolve(controller));
      }
    }
  }

  static FakeMachine version1(Path folder) throws IOException {
    return new FakeMachine(folder, false);
  }

  static FakeMachine version2(Path folder) throws IOException {
    return new FakeMachine(folder, true);
  }

  /** An id whose beginning tells it from others too. */
  static String id(int number) {
    return "%012x".formatted(number).repeat(6).substring(0, 64);
  }

  /** Docker's path for it. */
  static String path(String id) {
    return "/docker/" + id;
  }

  /** Starts a container with this group; all have the same figures. */
  FakeMachine start(String path) throws IOException {
    process++;
    Tree.expand(PROCESS.formatted(process), folder);
    Tree.expand((version2 ? GROUP_V2 : GROUP_V1).formatted(path, process), folder);
    return this;
  }

  /** Removes a container's group. */
  FakeMachine stop(String path) throws IOException {
    List<Path> roots;
    try (Stream<Path> controllers = Files.list(folder.resolve("cgroup"))) {
      roots = version2 ? List.of(folder.resolve("cgroup")) : controllers.toList();
    }
    for (Path root : roots) {
      Path group = root.resolve(path.substring(1));
      if (Files.exists(group)) {
        try (Stream<Path> files = Files.walk(group)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
    return this;
  }

  /** A file of a container's group; of version 2, or with the controller at the path's start. */
  Path file(String path) {
    return folder.resolve("cgroup" + path);
  }

  Path folder() {
    return folder;
  }

  /** A configuration that watches it, without Docker if {@code socket} is null. */
  ContainerConfig config(Path socket) {
    return new ContainerConfig(
        null,
        null,
        null,
        null,
        folder.resolve("cgroup"),
        folder.resolve("proc"),
        folder.resolve("sys"),
        socket != null,
        socket,
        null,
        null,
        List.of("team"));
  }
}
