package io.tocsin.bench;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.PressureSample;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.List;

/** One machine of the fleet: its counters grow as its {@link Load} says. */
public final class Machine {

  private static final int CORES = 4;
  private static final long MEMORY = 16L << 30;
  private static final long LINK_BYTES_PER_SECOND = 125_000_000;
  private static final int BYTES_PER_OPERATION = 8_192;
  private static final int BYTES_PER_PACKET = 900;
  private static final double US_PER_MS = 1_000;
  private static final long UP_SINCE_MS = 86_400_000;

  private final String id;
  private final String agent;
  private final String service;
  private final ResourceKind kind;
  private long bootedAt;
  private int boots;
  private long lastAt;
  private long sequence;
  private long user;
  private long system;
  private long iowait;
  private long idle;
  private long steal;
  private long reads;
  private long writes;
  private long diskBusy;
  private long received;
  private long sent;
  private long stalled;
  private long segments;
  private long again;

  Machine(int number) {
    this(number, "service-" + number % 50);
  }

  /**
   * A machine that has not been measured; each tenth is a host.
   *
   * @param service the service it belongs to
   */
  public Machine(int number, String service) {
    boolean isHost = number % 10 == 0;
    this.kind = isHost ? ResourceKind.HOST : ResourceKind.VM;
    this.id = (isHost ? "host/" : "vm/") + String.format("bench-%06d", number);
    this.agent = String.format("agent-%06d", number);
    this.service = service;
  }

  /** Time of its last sample in ms; 0 before the first. */
  long lastAt() {
    return lastAt;
  }

  /** All counters begin anew at the next sample. */
  void boot(long at) {
    bootedAt = at;
    boots++;
    sequence = 0;
    user = system = iowait = idle = steal = 0;
    reads = writes = diskBusy = received = sent = stalled = segments = again = 0;
  }

  /** Its resource id. */
  public String id() {
    return id;
  }

  /** What it is. */
  public ResourceKind kind() {
    return kind;
  }

  /**
   * The next sample.
   *
   * @param at when it is measured, in ms; after its last one
   */
  public Sample sample(long at, Load load) {
    if (bootedAt == 0) {
      bootedAt = at - UP_SINCE_MS;
    }
    grow(at - Math.max(lastAt, bootedAt), load);
    lastAt = at;
    return Sample.newBuilder()
        .setResourceId(id)
        .setKind(kind)
        .setService(service)
        .setTier(Tier.NON_CORE)
        .setOrigin(new Origin(agent, "boot-" + boots, sequence++))
        .setAt(Instant.ofEpochMilli(at))
        .setBootedAt(Instant.ofEpochMilli(bootedAt))
        .setCpu(cpu())
        .setMemory(memory(load))
        .setDisks(List.of(disk()))
        .setInterfaces(List.of(link()))
        .setPressure(
            new PressureSample(stalled, stalled / 4, stalled / 8, stalled / 2, stalled / 6))
        .setTcpOutSegments(segments)
        .setTcpRetransmittedSegments(again)
        .build();
  }

  private void grow(long ms, Load load) {
    double busy = CORES * ms * US_PER_MS * load.cpu();
    user += Math.round(0.7 * busy);
    system += Math.round(0.27 * busy);
    steal += Math.round(0.03 * busy);
    double rest = CORES * ms * US_PER_MS - busy;
    iowait += Math.round(0.1 * rest);
    idle += Math.round(0.9 * rest);
    double operations = load.operations() * ms / 1_000;
    reads += Math.round(0.4 * operations);
    writes += Math.round(0.6 * operations);
    diskBusy += Math.round(ms * US_PER_MS * Math.min(1, load.operations() / 1_500));
    double bytes = load.network() * LINK_BYTES_PER_SECOND * ms / 1_000;
    received += Math.round(bytes);
    sent += Math.round(bytes / 3);
    segments += Math.round(bytes / 3 / BYTES_PER_PACKET);
    again += Math.round(bytes / 3 / BYTES_PER_PACKET * 0.005 * load.network());
    stalled += Math.round(ms * US_PER_MS * load.stalled());
  }

  private CpuSample cpu() {
    return CpuSample.newBuilder()
        .setCores(CORES)
        .setUserUs(user)
        .setSystemUs(system)
        .setIowaitUs(iowait)
        .setIdleUs(idle)
        .setStealUs(steal)
        .build();
  }

  private static MemorySample memory(Load load) {
    return MemorySample.newBuilder()
        .setTotalBytes(MEMORY)
        .setAvailableBytes(Math.round(MEMORY * (1 - load.memory())))
        .build();
  }

  private DiskSample disk() {
    return DiskSample.newBuilder()
        .setName("vda")
        .setReads(reads)
        .setWrites(writes)
        .setReadBytes(reads * BYTES_PER_OPERATION)
        .setWrittenBytes(writes * BYTES_PER_OPERATION)
        .setBusyUs(diskBusy)
        .build();
  }

  private InterfaceSample link() {
    return InterfaceSample.newBuilder()
        .setName("eth0")
        .setRxBytes(received)
        .setTxBytes(sent)
        .setRxPackets(received / BYTES_PER_PACKET)
        .setTxPackets(sent / BYTES_PER_PACKET)
        .setSpeedBytesPerSecond(LINK_BYTES_PER_SECOND)
        .build();
  }
}
