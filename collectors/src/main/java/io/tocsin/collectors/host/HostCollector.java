package io.tocsin.collectors.host;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The machine, from /proc and /sys, one {@link Sample} a pass: CPU, memory, disks, network
 * interfaces, pressure and TCP segments in each; file systems, and NUMA nodes, huge pages and
 * memory tuning only in those where {@link HostConfig} says that they are due, the first among
 * them. A file that is missing or makes no sense leaves its part null and is a {@link Problem}; the
 * other parts go on. A file system that hangs holds a pass up once, for the timeout configured.
 */
public final class HostCollector implements Collector {

  private final HostConfig config;
  private final ProcFiles proc;
  private final ProcFiles sys;
  private final List<Resource> resources;
  private final String id;
  private final SlowParts slowParts;
  private final LinkSpeeds speeds;
  private final Predicate<String> wholeDisks;
  private final Clock clock;
  private Instant bootedAt;

  /** A collector of what is below the roots that the configuration names. */
  public HostCollector(HostConfig config, Clock clock) {
    this(config, clock, problem -> Filesystems.stat(config.filesystemInodes(), problem));
  }

  /** The same with another way to ask file systems. */
  HostCollector(
      HostConfig config, Clock clock, Function<Consumer<Problem>, FilesystemStat> statSource) {
    String name = config.name() == null ? HostName.read(config.proc()) : config.name();
    this.config = config;
    this.id = "host/" + name;
    this.proc = new ProcFiles(config.proc());
    this.sys = new ProcFiles(config.sys());
    this.speeds = new LinkSpeeds(sys, clock);
    this.wholeDisks = Disks.wholeDisks(sys);
    this.slowParts = new SlowParts(config, proc, sys, new Filesystems(config, statSource, clock));
    this.clock = clock;
    this.resources =
        List.of(
            Resource.newBuilder()
                .setId(id)
                .setKind(ResourceKind.HOST)
                .setName(name)
                .setService(config.service())
                .setTier(config.tier())
                .setIntervalMs(config.interval().toMillis())
                .setUpdatedAt(clock.instant())
                .build());
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  @Override
  public List<Resource> resources() {
    return resources;
  }

  @Override
  public Reading collect() throws CollectorException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    Instant now = clock.instant();
    Sample.Builder sample =
        Sample.newBuilder()
            .setResourceId(id)
            .setKind(ResourceKind.HOST)
            .setService(config.service())
            .setTier(config.tier())
            .setAt(now);
    addCpu(sample, problems);
    sample.setMemory(memory(problems));
    sample.setDisks(
        orEmpty(read("diskstats", text -> Disks.parse(text, wholeDisks, problems), problems)));
    if (sample.getDisks().isEmpty() && !sys.has("")) {
      problems.add(
          new Problem(
              Reason.MISSING,
              sys.toString(),
              "is not there, so disks cannot be told from partitions; is sysfs mounted?"));
    }
    sample.setInterfaces(
        orEmpty(read("net/dev", text -> Interfaces.parse(text, speeds, problems), problems)));
    sample.setPressure(pressure(problems));
    TcpSegments tcp = read("net/snmp", TcpSegments::parse, problems);
    if (tcp != null) {
      sample.setTcpOutSegments(tcp.sent()).setTcpRetransmittedSegments(tcp.sentAgain());
    }
    slowParts.addTo(sample, now, problems);
    if (sample.getCpu() == null
        && sample.getMemory() == null
        && sample.getDisks().isEmpty()
        && sample.getInterfaces().isEmpty()) {
      throw new CollectorException(
          Reason.MISSING,
          proc.toString(),
          "nothing can be read here; is procfs mounted, and is that its place? First problem: "
              + problems.get(0));
    }
    return Reading.of(sample, problems);
  }

  @Override
  public void close() {
    proc.close();
  }

  private void addCpu(Sample.Builder sample, List<Problem> problems) {
    CpuTimes times = read("stat", text -> CpuTimes.parse(text, problems), problems);
    LoadAverage load = read("loadavg", LoadAverage::parse, problems);
    if (times != null) {
      sample.setCpu(times.sample(load));
      // The kernel works this out from the wall clock, so it moves when that is set. The machine
      // cannot reboot under a running agent: the first answer stays right.
      bootedAt = bootedAt == null ? times.bootedAt() : bootedAt;
    }
    sample.setBootedAt(bootedAt);
  }

  private MemorySample memory(List<Problem> problems) {
    MemorySample.Builder memory = read("meminfo", text -> Memory.parse(text, problems), problems);
    if (memory == null) {
      return null;
    }
    int before = problems.size();
    read("vmstat", text -> Memory.addEvents(memory, text), problems);
    // Some sandboxes have no vmstat at all: zero for ever is fine. Zero for one tick is not,
    // because
    // the next tick would look like a burst of kills.
    boolean broken = problems.size() > before && problems.get(before).reason() != Reason.MISSING;
    return broken ? null : memory.build();
  }

  private PressureSample pressure(List<Problem> problems) {
    Pressure cpu = readIfKept("pressure/cpu", problems);
    Pressure memory = readIfKept("pressure/memory", problems);
    Pressure io = readIfKept("pressure/io", problems);
    if (cpu == null && memory == null && io == null) {
      return null;
    }
    return PressureSample.newBuilder()
        .setCpuSomeUs(cpu == null ? null : (Long) cpu.someUs())
        .setMemorySomeUs(memory == null ? null : (Long) memory.someUs())
        .setMemoryFullUs(memory == null ? null : memory.fullUs())
        .setIoSomeUs(io == null ? null : (Long) io.someUs())
        .setIoFullUs(io == null ? null : io.fullUs())
        .build();
  }

  /** A kernel without PSI, or started with psi=0, is no problem: it keeps no such figures. */
  private Pressure readIfKept(String file, List<Problem> problems) {
    List<Problem> found = new ArrayList<>();
    Pressure pressure = read(file, Pressure::parse, found);
    found.stream()
        .filter(problem -> problem.reason() != Reason.MISSING)
        .filter(problem -> !problem.what().contains("Operation not supported"))
        .forEach(problems::add);
    return pressure;
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(ProcText text) throws CollectorException;
  }

  private <T> T read(String file, Parser<T> parser, List<Problem> problems) {
    try {
      return parser.parse(proc.readAgain(file));
    } catch (CollectorException notUsable) {
      problems.add(notUsable.problem());
      return null;
    }
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
