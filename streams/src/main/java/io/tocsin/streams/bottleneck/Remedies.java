package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import java.util.List;
import java.util.function.Predicate;

/** What to try first: a table, the first row that fits. */
final class Remedies {

  private record Row(BottleneckKind kind, Predicate<Interval> when, String remedy) {}

  private static final Predicate<Interval> ALWAYS = interval -> true;

  private static final List<Row> ROWS =
      List.of(
          new Row(
              BottleneckKind.CPU,
              Corroboration::isStolen,
              "Move the VM to a host with free cores, or give it pinned ones."),
          new Row(
              BottleneckKind.CPU,
              ALWAYS,
              "Find the busiest process (top), then add cores, instances, or a CPU quota for it."),
          new Row(
              BottleneckKind.MEMORY,
              ALWAYS,
              "Find the largest process (ps --sort=-rss), then limit it or add memory."),
          new Row(
              BottleneckKind.IO,
              ALWAYS,
              "Find the writer (iotop), then throttle it, cache more, or move it to a faster disk."),
          new Row(
              BottleneckKind.NETWORK,
              interval -> interval.value(Metric.RETRANSMIT_PERCENT) >= 1,
              "Look for loss on the path (ip -s link, mtr): cable, duplex, MTU, full queues."),
          new Row(
              BottleneckKind.NETWORK,
              ALWAYS,
              "Spread the traffic over more links or instances, or shape the heaviest sender."));

  private Remedies() {}

  /** The remedy for a kind; null where the table has none. */
  static String of(BottleneckKind kind, Interval interval) {
    return ROWS.stream()
        .filter(row -> row.kind() == kind && row.when().test(interval))
        .map(Row::remedy)
        .findFirst()
        .orElse(null);
  }
}
