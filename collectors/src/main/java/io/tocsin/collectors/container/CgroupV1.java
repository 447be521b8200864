package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.TaskSample;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A control group of version 1: the same path in a hierarchy for each controller (<a
 * href="https://docs.kernel.org/admin-guide/cgroup-v1/index.html">cgroup-v1</a>). Pressure comes
 * from the hierarchy of version 2 that systemd mounts beside them.
 */
final class CgroupV1 implements Cgroup {

  private static final long NANOS_PER_MICRO = 1_000;

  /** Without a limit there is the largest number of pages, which is more than there can be. */
  private static final double NO_LIMIT = 1L << 62;

  private final CgroupRoot root;
  private final String path;
  private final List<KernelFile> files = new ArrayList<>();
  private final KernelFile cpuStat;
  private final KernelFile cpuUsage;
  private final KernelFile cpuTicks;
  private final KernelFile memoryUsage;
  private final KernelFile memoryStat;
  private final KernelFile memoryHits;
  private final KernelFile memoryOom;
  private final KernelFile ioBytes;
  private final KernelFile ioOperations;
  private final KernelFile pidsCurrent;
  private final GroupPressure pressure;
  private final KeyedNumbers quota =
      new KeyedNumbers("nr_periods", "nr_throttled", "throttled_time");
  private final KeyedNumbers ticks = new KeyedNumbers("user", "system");
  private final KeyedNumbers memory =
      new KeyedNumbers(
          "total_rss",
          "total_cache",
          "total_inactive_file",
          "total_pgmajfault",
          "total_swap",
          "total_pswpin",
          "total_pswpout");
  private final KeyedNumbers oom = new KeyedNumbers("oom_kill");
  private final SplitCpuTime split = new SplitCpuTime();

  CgroupV1(CgroupRoot root, String path, OpenFiles openFiles) {
    this.root = root;
    this.path = path;
    this.cpuStat = file("cpu", "cpu.stat", openFiles);
    this.cpuUsage = file("cpuacct", "cpuacct.usage", openFiles);
    this.cpuTicks = file("cpuacct", "cpuacct.stat", openFiles);
    this.memoryUsage = file("memory", "memory.usage_in_bytes", openFiles);
    this.memoryStat = file("memory", "memory.stat", openFiles);
    this.memoryHits = file("memory", "memory.failcnt", openFiles);
    this.memoryOom = file("memory", "memory.oom_control", openFiles);
    this.ioBytes = file("blkio", "blkio.throttle.io_service_bytes_recursive", openFiles);
    this.ioOperations = file("blkio", "blkio.throttle.io_serviced_recursive", openFiles);
    this.pidsCurrent = file("pids", "pids.current", openFiles);
    this.pressure = new GroupPressure(folder("unified"), openFiles);
  }

  private KernelFile file(String controller, String name, OpenFiles openFiles) {
    KernelFile file = new KernelFile(folder(controller), name, openFiles);
    files.add(file);
    return file;
  }

  private File folder(String controller) {
    return new File(root.controller(controller), path);
  }

  private List<File> upwards(String controller) {
    return Tightest.upwards(root.controller(controller), path);
  }

  @Override
  public boolean isThere() {
    return new File(root.searched(), path).isDirectory();
  }

  @Override
  public Limits limits(Machine machine, KernelText text, Troubles troubles) throws GoneException {
    double memory = bytes("memory.limit_in_bytes", text, troubles);
    // Swap space is limited together with memory, and only where the kernel counts it.
    double withSwap = bytes("memory.memsw.limit_in_bytes", text, troubles);
    boolean counted = new File(folder("memory"), "memory.memsw.limit_in_bytes").exists();
    double swap = withSwap < NO_LIMIT ? Math.max(0, withSwap - memory) : withSwap;
    return Limits.within(
        machine,
        quota(text, troubles),
        Tightest.cpus(folder("cpuset"), "cpuset.effective_cpus", text, troubles),
        memory < NO_LIMIT ? memory : Double.POSITIVE_INFINITY,
        counted ? swap : 0,
        Tightest.of(
            upwards("pids"), "pids.max", text, troubles, file -> Tightest.numberOr("max", file)));
  }

  private double bytes(String limit, KernelText text, Troubles troubles) throws GoneException {
    return Tightest.of(upwards("memory"), limit, text, troubles, KernelText::onlyNumber);
  }

  private double quota(KernelText text, Troubles troubles) throws GoneException {
    double tightest = Double.POSITIVE_INFINITY;
    for (File group : upwards("cpu")) {
      List<File> only = List.of(group);
      double quotaUs =
          Tightest.of(
              only, "cpu.cfs_quota_us", text, troubles, file -> Tightest.numberOr("-1", file));
      if (quotaUs == Double.POSITIVE_INFINITY) {
        continue;
      }
      double periodUs = Tightest.of(only, "cpu.cfs_period_us", text, troubles, CgroupV1::period);
      tightest = Math.min(tightest, quotaUs / periodUs);
    }
    return tightest;
  }

  private static double period(KernelText text) throws CollectorException {
    long periodUs = text.onlyNumber();
    if (periodUs == 0) {
      throw text.malformed("the period is 0");
    }
    return periodUs;
  }

  @Override
  public long process(KernelText text) throws CollectorException, GoneException {
    return FirstProcess.of(new File(root.searched(), path), text);
  }

  @Override
  public CpuSample cpu(Limits limits, KernelText text) throws CollectorException, GoneException {
    long usedNs = cpuUsage.must(text).onlyNumber();
    ticks.read(cpuTicks.must(text));
    if (!split.add(usedNs, ticks.must(0, text), ticks.must(1, text))) {
      throw new GoneException();
    }
    CpuSample.Builder cpu =
        CpuSample.newBuilder()
            .setCores(limits.cores())
            .setVcpus(List.of())
            .setUserUs(split.userUs())
            .setSystemUs(split.systemUs());
    // A kernel without CFS bandwidth control has no quotas, and no such file.
    if (cpuStat.read(text)) {
      quota.read(text);
      cpu.setThrottledUs(quota.orZero(2) / NANOS_PER_MICRO)
          .setQuotaPeriods(quota.orNull(0))
          .setThrottledPeriods(quota.orNull(1));
    }
    return cpu.build();
  }

  @Override
  public MemorySample memory(Limits limits, KernelText text)
      throws CollectorException, GoneException {
    long used = memoryUsage.must(text).onlyNumber();
    memory.read(memoryStat.must(text));
    long workingSet = Math.max(0, used - memory.must(2, text));
    long swap = limits.swapBytes();
    MemorySample.Builder sample =
        MemorySample.newBuilder()
            .setTotalBytes(limits.memoryBytes())
            .setLimited(limits.memoryLimited())
            .setAvailableBytes(Math.max(0, limits.memoryBytes() - workingSet))
            .setWorkingSetBytes(workingSet)
            .setAnonymousBytes(memory.orNull(0))
            .setCacheBytes(memory.orNull(1))
            .setMajorFaults(memory.orNull(3))
            .setSwapInPages(memory.orZero(5))
            .setSwapOutPages(memory.orZero(6))
            .setSwapTotalBytes(swap)
            .setSwapFreeBytes(Math.max(0, swap - memory.orZero(4)));
    sample.setLimitHits(memoryHits.must(text).onlyNumber());
    oom.read(memoryOom.must(text));
    return sample.setOomKills(oom.orZero(0)).build();
  }

  @Override
  public List<DiskSample> disks(BlockDevices devices, KernelText text, Troubles troubles)
      throws CollectorException, GoneException {
    Map<String, IoStat> stats = IoStat.ofVersion1();
    if (ioBytes.read(text)) {
      IoStat.addVersion1(text, true, stats, troubles);
    }
    if (ioOperations.read(text)) {
      IoStat.addVersion1(text, false, stats, troubles);
    }
    return devices.wholeDisks(IoStat.samples(stats, devices));
  }

  @Override
  public PressureSample pressure(KernelText text) throws CollectorException, GoneException {
    return pressure.read(text);
  }

  @Override
  public TaskSample tasks(Limits limits, KernelText text) throws CollectorException, GoneException {
    return pidsCurrent.read(text) ? new TaskSample(text.onlyNumber(), limits.taskLimit()) : null;
  }

  @Override
  public void close() {
    files.forEach(KernelFile::close);
    pressure.close();
  }
}
