package io.tocsin.streams.window;

import io.tocsin.schemas.DiskThroughput;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.LinkThroughput;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.streams.window.Flows.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes the record of what went through, for one resource or for many. */
public final class ThroughputRecord {

  private static final double MS_PER_S = 1_000;

  private ThroughputRecord() {}

  /** That of one resource, with its devices. */
  static ThroughputWindow of(
      Subject subject, long startsAt, long sizeMs, long latestAt, boolean isFinal, FlowTotals of) {
    Flows flows = of.flows();
    ThroughputWindow window =
        of(
            subject,
            startsAt,
            sizeMs,
            latestAt,
            isFinal,
            0,
            flows.coveredMs(),
            kind -> flow(flows, kind));
    List<LinkThroughput> links = new ArrayList<>(of.links.size());
    of.links.forEach((name, link) -> links.add(link(name, link)));
    window.setLinks(links);
    List<DiskThroughput> disks = new ArrayList<>(of.disks.size());
    of.disks.forEach((name, disk) -> disks.add(disk(name, disk)));
    window.setDisks(disks);
    return window;
  }

  /**
   * That of some flows, without devices.
   *
   * @param members resources it is rolled up from; 0 for a resource's own
   * @param flows the flow of a kind; null where it is not counted
   */
  public static ThroughputWindow of(
      Subject subject,
      long startsAt,
      long sizeMs,
      long latestAt,
      boolean isFinal,
      int members,
      long coveredMs,
      Function<Kind, Flow> flows) {
    ThroughputWindow window = new ThroughputWindow();
    window.setResourceId(subject.resourceId());
    window.setKind(subject.kind());
    window.setService(subject.service());
    window.setTier(subject.tier());
    window.setStartsAt(Instant.ofEpochMilli(startsAt));
    window.setEndsAt(Instant.ofEpochMilli(startsAt + sizeMs));
    window.setSizeMs(sizeMs);
    window.setLatestAt(Instant.ofEpochMilli(latestAt));
    window.setIsFinal(isFinal);
    window.setMembers(members);
    window.setCoveredMs(coveredMs);
    window.setRxBytesPerSecond(flows.apply(Kind.RX_BYTES));
    window.setTxBytesPerSecond(flows.apply(Kind.TX_BYTES));
    window.setRxPacketsPerSecond(flows.apply(Kind.RX_PACKETS));
    window.setTxPacketsPerSecond(flows.apply(Kind.TX_PACKETS));
    window.setLostPacketsPerSecond(flows.apply(Kind.LOST_PACKETS));
    window.setDiskOperationsPerSecond(flows.apply(Kind.DISK_OPERATIONS));
    window.setDiskBytesPerSecond(flows.apply(Kind.DISK_BYTES));
    window.setLinks(List.of());
    window.setDisks(List.of());
    return window;
  }

  private static Flow flow(Flows flows, Kind kind) {
    long total = flows.total(kind);
    return total == Flows.UNKNOWN || flows.coveredMs() <= 0
        ? null
        : new Flow(total, total * MS_PER_S / flows.coveredMs(), flows.highest(kind));
  }

  private static LinkThroughput link(String name, DeviceTotals link) {
    return new LinkThroughput(
        name,
        link.flow(Movement.RX_BYTES),
        link.flow(Movement.TX_BYTES),
        link.flow(Movement.RX_PACKETS),
        link.flow(Movement.TX_PACKETS),
        link.flow(Movement.LOST),
        link.utilisation(Movement.RX_BYTES, Movement.TX_BYTES));
  }

  private static DiskThroughput disk(String name, DeviceTotals disk) {
    return new DiskThroughput(
        name,
        disk.flow(Movement.READS),
        disk.flow(Movement.WRITES),
        disk.flow(Movement.READ_BYTES),
        disk.flow(Movement.WRITTEN_BYTES),
        disk.share(Movement.BUSY));
  }
}
