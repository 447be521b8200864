package io.tocsin.console;

import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.HistorySeries;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.HistoryTable;
import io.tocsin.history.RowSink;
import io.tocsin.history.Selector;
import io.tocsin.history.Tier;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Figures of two weeks that come and go with the day, worked out when they are asked for. */
final class MemoryHistory implements HistoryStore {

  private static final Duration KEPT = Duration.ofDays(14);
  private static final int MOST = 4;
  private final List<Resource> resources;
  private final Instant since;

  MemoryHistory(List<Resource> resources, Instant now) {
    this.resources = resources;
    this.since = now.minus(KEPT);
  }

  @Override
  public void read(HistoryQuery query, RowSink sink) {
    for (Resource each : asked(query.selector(), query.table())) {
      long step = query.step().toMillis();
      Instant begin = query.from().isBefore(since) ? since : query.from();
      Instant at = Instant.ofEpochMilli(begin.toEpochMilli() / step * step);
      for (; at.isBefore(query.to()); at = at.plusMillis(step)) {
        double[] values = new double[query.figures().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(query.figures().get(i), each, at);
        }
        sink.row(new HistoryRow(at, each.getId(), part(query.table()), values));
      }
    }
  }

  private static String part(HistoryTable table) {
    return switch (table) {
      case LATENCIES -> "PROBES";
      case THROUGHPUTS -> "LINKS";
      case COSTS -> "EUR";
      default -> "";
    };
  }

  private static double value(String figure, Resource of, Instant at) {
    double day = Math.sin(at.getEpochSecond() / 86_400.0 * 2 * Math.PI + of.getId().hashCode() % 7);
    boolean isHost = of.getKind() == ResourceKind.HOST;
    return switch (figure) {
      case "cores" -> isHost ? 16 : 2;
      case "memory_bytes" -> isHost ? 64L << 30 : 4L << 30;
      case "efficiency" -> .6 + .2 * day;
      case "members" -> 1;
      default -> figure.endsWith("bytes_per_second") ? 4e6 + 3e6 * day : 45 + 35 * day;
    };
  }

  private List<Resource> asked(Selector selector, HistoryTable table) {
    return switch (selector.by()) {
      case RESOURCE -> only(selector.value().replace("*", ""));
      default -> among(table);
    };
  }

  private List<Resource> among(HistoryTable table) {
    return resources.stream()
        .filter(
            each -> (each.getKind() == ResourceKind.ENDPOINT) == (table == HistoryTable.LATENCIES))
        .filter(each -> each.getKind() != ResourceKind.SERVICE)
        .limit(MOST)
        .toList();
  }

  private List<Resource> only(String id) {
    return resources.stream().filter(each -> each.getId().contains(id)).limit(MOST).toList();
  }

  @Override
  public List<HistorySeries> series(
      HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
    return among(table).stream()
        .map(
            each ->
                new HistorySeries(
                    each.getId(),
                    each.getKind().name(),
                    each.getService() == null ? "" : each.getService(),
                    part(table)))
        .toList();
  }

  @Override
  public void close() {}
}
