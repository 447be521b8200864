package io.tocsin.streams.window;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.Sample;
import java.util.List;
import java.util.Objects;

/**
 * What seldom differs from one reading of a resource to the next; one instance serves them all.
 *
 * @param agent who measures
 * @param bootId drawn by the agent when it started
 * @param bootedAt when the machine booted, in ms; {@link Reading#ABSENT} if not known
 * @param cores how many cores the resource may use; NaN if not known
 * @param memoryBytes how much memory it may use; {@link Reading#ABSENT} if not known
 * @param filesystem where its fullest file system is mounted; null if not known
 * @param vcpus virtual CPUs of a VM
 * @param disks names of the block devices
 * @param links names of the network interfaces
 */
record Shape(
    String agent,
    String bootId,
    long bootedAt,
    double cores,
    long memoryBytes,
    String filesystem,
    int vcpus,
    List<String> disks,
    List<String> links) {

  /** The shape of a sample: {@code before} itself where nothing differs from it. */
  static Shape of(Sample sample, String filesystem, Shape before) {
    return before != null && before.fits(sample, filesystem) ? before : of(sample, filesystem);
  }

  private static Shape of(Sample sample, String filesystem) {
    return new Shape(
        sample.getOrigin().getAgent(),
        sample.getOrigin().getBootId(),
        bootedAt(sample),
        cores(sample),
        memoryBytes(sample),
        filesystem,
        vcpus(sample),
        sample.getDisks().stream().map(DiskSample::getName).toList(),
        sample.getInterfaces().stream().map(InterfaceSample::getName).toList());
  }

  private boolean fits(Sample sample, String fullest) {
    return bootedAt == bootedAt(sample)
        && Double.compare(cores, cores(sample)) == 0
        && memoryBytes == memoryBytes(sample)
        && Objects.equals(filesystem, fullest)
        && vcpus == vcpus(sample)
        && bootId.equals(sample.getOrigin().getBootId())
        && agent.equals(sample.getOrigin().getAgent())
        && areDisks(sample.getDisks())
        && areLinks(sample.getInterfaces());
  }

  private boolean areDisks(List<DiskSample> samples) {
    boolean same = samples.size() == disks.size();
    for (int disk = 0; same && disk < samples.size(); disk++) {
      same = disks.get(disk).equals(samples.get(disk).getName());
    }
    return same;
  }

  private boolean areLinks(List<InterfaceSample> samples) {
    boolean same = samples.size() == links.size();
    for (int link = 0; same && link < samples.size(); link++) {
      same = links.get(link).equals(samples.get(link).getName());
    }
    return same;
  }

  private static long bootedAt(Sample sample) {
    return sample.getBootedAt() == null ? Reading.ABSENT : sample.getBootedAt().toEpochMilli();
  }

  private static double cores(Sample sample) {
    CpuSample cpu = sample.getCpu();
    return cpu == null ? Double.NaN : cpu.getCores();
  }

  private static long memoryBytes(Sample sample) {
    MemorySample memory = sample.getMemory();
    return memory == null || memory.getTotalBytes() <= 0 ? Reading.ABSENT : memory.getTotalBytes();
  }

  private static int vcpus(Sample sample) {
    CpuSample cpu = sample.getCpu();
    return cpu == null ? 0 : cpu.getVcpus().size();
  }

  /** Whether both were measured by the same run of the same agent. */
  boolean hasOriginOf(Shape other) {
    return this == other || bootId.equals(other.bootId) && agent.equals(other.agent);
  }

  /** How many counters a reading of this shape has. */
  int counters() {
    return Reading.FIXED + Reading.PER_DISK * disks.size() + Reading.PER_LINK * links.size();
  }

  /** Where those of a disk begin. */
  int disk(int index) {
    return Reading.FIXED + Reading.PER_DISK * index;
  }

  /** Where those of a link begin. */
  int link(int index) {
    return Reading.FIXED + Reading.PER_DISK * disks.size() + Reading.PER_LINK * index;
  }
}
