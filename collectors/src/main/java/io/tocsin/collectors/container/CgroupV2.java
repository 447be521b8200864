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

/**
 * A control group of version 2 (<a
 * href="https://docs.kernel.org/admin-guide/cgroup-v2.html">cgroup-v2.html</a>).
 */
final class CgroupV2 implements Cgroup {

  private final File root;
  private final String path;
  private final File folder;
  private final List<KernelFile> files = new ArrayList<>();
  private final KernelFile cpuStat;
  private final KernelFile memoryCurrent;
  private final KernelFile memoryStat;
  private final KernelFile memoryEvents;
  private final KernelFile swapCurrent;
  private final KernelFile ioStat;
  private final KernelFile pidsCurrent;
  private final GroupPressure pressure;
  private final KeyedNumbers cpu =
      new KeyedNumbers("user_usec", "system_usec", "nr_periods", "nr_throttled", "throttled_usec");
  private final KeyedNumbers memory =
      new KeyedNumbers("anon", "file", "inactive_file", "pgmajfault", "pswpin", "pswpout");
  private final KeyedNumbers events = new KeyedNumbers("max", "oom_kill");
  private long lastCpuUs;

  CgroupV2(File root, String path, OpenFiles openFiles) {
    this.root = root;
    this.path = path;
    this.folder = new File(root, path);
    this.cpuStat = file("cpu.stat", openFiles);
    this.memoryCurrent = file("memory.current", openFiles);
    this.memoryStat = file("memory.stat", openFiles);
    this.memoryEvents = file("memory.events", openFiles);
    this.swapCurrent = file("memory.swap.current", openFiles);
    this.ioStat = file("io.stat", openFiles);
    this.pidsCurrent = file("pids.current", openFiles);
    this.pressure = new GroupPressure(folder, openFiles);
  }

  private KernelFile file(String name, OpenFiles openFiles) {
    KernelFile file = new KernelFile(folder, name, openFiles);
    files.add(file);
    return file;
  }

  @Override
  public boolean isThere() {
    return folder.isDirectory();
  }

  @Override
  public Limits limits(Machine machine, KernelText text, Troubles troubles) throws GoneException {
    List<File> upwards = Tightest.upwards(root, path);
    return Limits.within(
        machine,
        Tightest.of(upwards, "cpu.max", text, troubles, CgroupV2::quota),
        Tightest.cpus(folder, "cpuset.cpus.effective", text, troubles),
        Tightest.of(upwards, "memory.max", text, troubles, CgroupV2::numberOrMax),
        Tightest.of(upwards, "memory.swap.max", text, troubles, CgroupV2::numberOrMax),
        Tightest.of(upwards, "pids.max", text, troubles, CgroupV2::numberOrMax));
  }

  private static double numberOrMax(KernelText text) throws CollectorException {
    return Tightest.numberOr("max", text);
  }

  private static double quota(KernelText text) throws CollectorException {
    double quotaUs = Tightest.numberOr("max", text);
    long periodUs = text.number();
    if (periodUs == 0) {
      throw text.malformed("the period is 0");
    }
    return quotaUs / periodUs;
  }

  @Override
  public long process(KernelText text) throws CollectorException, GoneException {
    return FirstProcess.of(folder, text);
  }

  @Override
  public CpuSample cpu(Limits limits, KernelText text) throws CollectorException, GoneException {
    cpu.read(cpuStat.must(text));
    long userUs = cpu.must(0, text);
    long systemUs = cpu.must(1, text);
    if (userUs + systemUs < lastCpuUs) {
      throw new GoneException();
    }
    lastCpuUs = userUs + systemUs;
    return CpuSample.newBuilder()
        .setCores(limits.cores())
        .setVcpus(List.of())
        .setUserUs(userUs)
        .setSystemUs(systemUs)
        .setThrottledUs(cpu.orZero(4))
        .setQuotaPeriods(cpu.orNull(2))
        .setThrottledPeriods(cpu.orNull(3))
        .build();
  }

  @Override
  public MemorySample memory(Limits limits, KernelText text)
      throws CollectorException, GoneException {
    long used = memoryCurrent.must(text).onlyNumber();
    memory.read(memoryStat.must(text));
    long workingSet = Math.max(0, used - memory.must(2, text));
    events.read(memoryEvents.must(text));
    long swap = limits.swapBytes();
    long swapUsed = swapCurrent.read(text) ? text.onlyNumber() : 0;
    return MemorySample.newBuilder()
        .setTotalBytes(limits.memoryBytes())
        .setLimited(limits.memoryLimited())
        .setAvailableBytes(Math.max(0, limits.memoryBytes() - workingSet))
        .setWorkingSetBytes(workingSet)
        .setAnonymousBytes(memory.orNull(0))
        .setCacheBytes(memory.orNull(1))
        .setMajorFaults(memory.orNull(3))
        .setSwapInPages(memory.orZero(4))
        .setSwapOutPages(memory.orZero(5))
        .setSwapTotalBytes(swap)
        .setSwapFreeBytes(Math.max(0, swap - swapUsed))
        .setLimitHits(events.must(0, text))
        .setOomKills(events.orZero(1))
        .build();
  }

  @Override
  public List<DiskSample> disks(BlockDevices devices, KernelText text, Troubles troubles)
      throws CollectorException, GoneException {
    return ioStat.read(text)
        ? devices.wholeDisks(IoStat.parse(text, devices, troubles))
        : List.of();
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
