package io.tocsin.alerting.signal;

import io.tocsin.schemas.DiskThroughput;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.LinkThroughput;
import io.tocsin.schemas.ThroughputWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Windows of what went through a resource or a service, and through its links and disks. */
public final class ThroughputSignal {

  /** The figures of a window, or of one link or disk in it. */
  public static final FieldTable<Through> FIELDS = fields();

  /** What the series of a window that counts requests alone ends in. */
  public static final String REQUESTS = "/requests";

  private ThroughputSignal() {}

  /** A window, and which of its links or disks is meant; both null for all together. */
  public record Through(ThroughputWindow window, LinkThroughput link, DiskThroughput disk) {}

  /**
   * A window; its series is its size, such as {@code 10s}, and {@code 10s/requests} where it counts
   * requests alone: those windows come of measurements and later than those of samples, which would
   * make them old. Its label {@code final} says whether more may come.
   */
  public static Observation of(ThroughputWindow window) {
    return observation(new Through(window, null, null), countsRequests(window) ? REQUESTS : "");
  }

  private static boolean countsRequests(ThroughputWindow window) {
    return window.getRequestsPerSecond() != null
        && window.getRxBytesPerSecond() == null
        && window.getTxBytesPerSecond() == null
        && window.getRxPacketsPerSecond() == null
        && window.getTxPacketsPerSecond() == null
        && window.getLostPacketsPerSecond() == null
        && window.getDiskOperationsPerSecond() == null
        && window.getDiskBytesPerSecond() == null;
  }

  /**
   * Its links and disks one by one, with series such as {@code 10s/link/eth0} and {@code
   * 10s/disk/sda}. Only worth making where a rule looks at them.
   */
  public static List<Observation> parts(ThroughputWindow window) {
    List<Observation> parts = new ArrayList<>();
    for (LinkThroughput link : window.getLinks()) {
      parts.add(observation(new Through(window, link, null), "/link/" + link.getName()));
    }
    for (DiskThroughput disk : window.getDisks()) {
      parts.add(observation(new Through(window, null, disk), "/disk/" + disk.getName()));
    }
    return parts;
  }

  private static Observation observation(Through through, String part) {
    ThroughputWindow window = through.window();
    return Observation.of(
        SignalKind.THROUGHPUT,
        window.getResourceId(),
        window.getKind(),
        WindowSize.word(window.getSizeMs()) + part,
        window.getService(),
        window.getTier(),
        WindowSize.labels(window.getIsFinal()),
        window.getLatestAt(),
        window.getLatestAt(),
        0,
        FIELDS.of(through));
  }

  private static FieldTable<Through> fields() {
    FieldTable.Builder<Through> table = FieldTable.builder();
    both(
        table,
        "rx_bytes",
        "bytes",
        "received",
        ThroughputWindow::getRxBytesPerSecond,
        LinkThroughput::getRxBytesPerSecond);
    both(
        table,
        "tx_bytes",
        "bytes",
        "sent",
        ThroughputWindow::getTxBytesPerSecond,
        LinkThroughput::getTxBytesPerSecond);
    both(
        table,
        "rx_packets",
        "packets",
        "received",
        ThroughputWindow::getRxPacketsPerSecond,
        LinkThroughput::getRxPacketsPerSecond);
    both(
        table,
        "tx_packets",
        "packets",
        "sent",
        ThroughputWindow::getTxPacketsPerSecond,
        LinkThroughput::getTxPacketsPerSecond);
    both(
        table,
        "lost_packets",
        "packets",
        "broken or dropped, both directions",
        ThroughputWindow::getLostPacketsPerSecond,
        LinkThroughput::getLostPacketsPerSecond);
    flow(
        table,
        "disk_operations",
        "operations",
        "disk operations completed, all disks",
        through -> whole(through, ThroughputWindow::getDiskOperationsPerSecond));
    flow(
        table,
        "disk_bytes",
        "bytes",
        "bytes read and written, all disks",
        through -> whole(through, ThroughputWindow::getDiskBytesPerSecond));
    flow(
        table,
        "requests",
        "requests",
        "requests answered, where an application says",
        through -> whole(through, ThroughputWindow::getRequestsPerSecond));
    flow(
        table,
        "reads",
        "operations",
        "reads completed, of a disk",
        through -> disk(through, DiskThroughput::getReadsPerSecond));
    flow(
        table,
        "writes",
        "operations",
        "writes completed, of a disk",
        through -> disk(through, DiskThroughput::getWritesPerSecond));
    flow(
        table,
        "read_bytes",
        "bytes",
        "bytes read, of a disk",
        through -> disk(through, DiskThroughput::getReadBytesPerSecond));
    flow(
        table,
        "written_bytes",
        "bytes",
        "bytes written, of a disk",
        through -> disk(through, DiskThroughput::getWrittenBytesPerSecond));
    return table
        .maybe(
            "utilisation_percent",
            "%",
            "Busier direction of a link, of its speed; only for series of links.",
            through -> through.link() == null ? null : through.link().getUtilisationPercent())
        .maybe(
            "busy_percent",
            "%",
            "Time a disk was busy; only for series of disks.",
            through -> through.disk() == null ? null : through.disk().getBusyPercent())
        .number(
            "covered_seconds",
            "s",
            "Time that the window's intervals cover.",
            through -> through.window().getCoveredMs() / 1_000.0)
        .number(
            "members",
            "",
            "Resources a roll-up is made of; 0 if none.",
            through -> through.window().getMembers())
        .bool(
            "final",
            "Whether this is the window's last word.",
            through -> through.window().getIsFinal())
        .number(
            "window_seconds",
            "s",
            "Size of the window.",
            through -> through.window().getSizeMs() / 1_000.0)
        .build();
  }

  private static void both(
      FieldTable.Builder<Through> table,
      String name,
      String unit,
      String doc,
      Function<ThroughputWindow, Flow> ofWindow,
      Function<LinkThroughput, Flow> ofLink) {
    flow(
        table,
        name,
        unit,
        unit + " " + doc + ", all links or the series' one",
        through ->
            through.link() == null ? whole(through, ofWindow) : ofLink.apply(through.link()));
  }

  private static void flow(
      FieldTable.Builder<Through> table,
      String name,
      String unit,
      String doc,
      Function<Through, Flow> of) {
    part(
        table,
        name + "_total",
        unit,
        "In the window: " + doc + ".",
        of,
        flow -> (double) flow.getTotal());
    part(
        table,
        name + "_per_second_mean",
        unit + "/s",
        "Mean rate: " + doc + ".",
        of,
        Flow::getMean);
    part(
        table,
        name + "_per_second_max",
        unit + "/s",
        "Highest rate: " + doc + ".",
        of,
        Flow::getMax);
  }

  private static void part(
      FieldTable.Builder<Through> table,
      String name,
      String unit,
      String doc,
      Function<Through, Flow> of,
      Function<Flow, Double> part) {
    table.maybe(
        name,
        unit,
        doc,
        through -> {
          Flow flow = of.apply(through);
          return flow == null ? null : part.apply(flow);
        });
  }

  private static Flow whole(Through through, Function<ThroughputWindow, Flow> of) {
    return through.link() == null && through.disk() == null ? of.apply(through.window()) : null;
  }

  private static Flow disk(Through through, Function<DiskThroughput, Flow> of) {
    return through.disk() == null ? null : of.apply(through.disk());
  }
}
