package io.tocsin.streams.window;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.FilesystemSample;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A host with two cores, 1000 bytes of memory, one disk and one link of 1000 bytes per second,
 * whose counters grow as told.
 */
public final class HostSamples {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** What the host does from one sample to the next. */
  public record Load(
      int cpuPercent,
      int memoryPercent,
      int operationsPerSecond,
      int diskPercent,
      int networkPercent,
      int pressurePercent) {

    public static Load cpu(int percent) {
      return new Load(percent, 50, 10, 5, 10, 0);
    }
  }

  private final String id;
  private Instant at;
  private Instant bootedAt = NOON.minusSeconds(86_400);
  private String bootId = "boot-1";
  private long sequence;
  private long busy = 1_000_000;
  private long idle = 5_000_000;
  private long operations = 100;
  private long diskBusy = 100;
  private long received = 1_000;
  private long stalled = 10;

  public HostSamples(String id, Instant start) {
    this.id = id;
    this.at = start;
  }

  /** The next sample, {@code millis} after the one before. */
  public Sample after(long millis, Load load) {
    at = at.plusMillis(millis);
    busy += 2 * millis * 1_000 * load.cpuPercent() / 100;
    idle += 2 * millis * 1_000 * (100 - load.cpuPercent()) / 100;
    operations += load.operationsPerSecond() * millis / 1_000;
    diskBusy += millis * 1_000 * load.diskPercent() / 100;
    received += 1_000L * load.networkPercent() * millis / 100_000;
    stalled += millis * 1_000 * load.pressurePercent() / 100;
    return sample(load);
  }

  /** One sample a second with the same load. */
  public List<Sample> seconds(int count, Load load) {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < count; second++) {
      samples.add(after(1_000, load));
    }
    return samples;
  }

  /** All counters begin anew, as after a boot. */
  public HostSamples reset() {
    busy = 0;
    idle = 0;
    operations = 0;
    diskBusy = 0;
    received = 0;
    stalled = 0;
    return this;
  }

  public HostSamples bootAt(Instant boot) {
    bootedAt = boot;
    return reset();
  }

  /** The disk's counters alone begin anew. */
  public HostSamples resetDisk() {
    operations = 0;
    diskBusy = 0;
    return this;
  }

  public HostSamples idleGoesBack(long micros) {
    idle -= micros;
    return this;
  }

  /** The agent started again, the host did not. */
  public HostSamples restartAgent() {
    bootId = "boot-2";
    sequence = 0;
    return this;
  }

  public HostSamples skip(long millis) {
    at = at.plusMillis(millis);
    return this;
  }

  /** File systems as full as the CPU and the memory are, beside one that is always full. */
  public static Sample withFilesystems(Sample sample, Load load) {
    sample.setFilesystems(
        List.of(
            filesystem("/", load.memoryPercent(), false),
            filesystem("/data", load.cpuPercent(), false),
            filesystem("/snap", 100, true)));
    return sample;
  }

  private static FilesystemSample filesystem(String mountPoint, int percent, boolean readOnly) {
    return FilesystemSample.newBuilder()
        .setMountPoint(mountPoint)
        .setDevice("/dev/sda1")
        .setType("ext4")
        .setHealth(Health.UP)
        .setReadOnly(readOnly)
        .setTotalBytes(1_000L)
        .setAvailableBytes(1_000L - 10L * percent)
        .build();
  }

  private Sample sample(Load load) {
    return Sample.newBuilder()
        .setResourceId(id)
        .setKind(ResourceKind.HOST)
        .setService("shop")
        .setTier(Tier.CORE)
        .setOrigin(new Origin("agent-of-" + id, bootId, sequence++))
        .setAt(at)
        .setBootedAt(bootedAt)
        .setCpu(
            CpuSample.newBuilder()
                .setCores(2)
                .setUserUs(busy)
                .setSystemUs(0)
                .setIdleUs(idle)
                .build())
        .setMemory(
            MemorySample.newBuilder()
                .setTotalBytes(1_000)
                .setAvailableBytes(1_000 - 10L * load.memoryPercent())
                .build())
        .setDisks(
            List.of(
                DiskSample.newBuilder()
                    .setName("sda")
                    .setReads(operations)
                    .setWrites(0)
                    .setReadBytes(512 * operations)
                    .setWrittenBytes(0)
                    .setBusyUs(diskBusy)
                    .build()))
        .setInterfaces(
            List.of(
                InterfaceSample.newBuilder()
                    .setName("eth0")
                    .setRxBytes(received)
                    .setTxBytes(0)
                    .setRxPackets(0)
                    .setTxPackets(0)
                    .setSpeedBytesPerSecond(1_000L)
                    .build()))
        .setPressure(PressureSample.newBuilder().setCpuSomeUs(stalled).build())
        .setTcpOutSegments(received)
        .setTcpRetransmittedSegments(0L)
        .build();
  }
}
