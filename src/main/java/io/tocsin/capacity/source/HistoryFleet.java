package io.tocsin.capacity.source;

import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.SeriesBuilder;
import io.tocsin.history.Aggregate;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistorySeries;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.HistoryTable;
import io.tocsin.history.QueryProblems;
import io.tocsin.history.Selector;
import io.tocsin.history.Tier;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads hosts, VMs and containers out of history, one resource at a time. */
public final class HistoryFleet {

  /** As far back as history has minutes; what is older it has in hours. */
  private static final Duration MINUTES = Tier.MINUTE.retention();

  private static final Duration FINE = Duration.ofMinutes(5);
  private static final Duration COARSE = Duration.ofHours(1);
  private static final List<ResourceKind> KINDS =
      List.of(ResourceKind.HOST, ResourceKind.VM, ResourceKind.CONTAINER);

  private HistoryFleet() {}

  /**
   * Reads.
   *
   * @param store history
   * @param from inclusive
   * @param to exclusive
   * @param wanted ids of the resources to read
   * @throws CapacityException if the range makes no sense, or nothing is there
   * @throws HistoryException if the store does not answer
   */
  public static Fleet read(HistoryStore store, Instant from, Instant to, Predicate<String> wanted)
      throws CapacityException, HistoryException {
    return read(store, from, to, wanted, Long.MAX_VALUE);
  }

  /**
   * The same where memory is short: in steps of an hour where those of five minutes would be too
   * many, and not at all where even those are.
   *
   * @param mostReadings how many may be in memory, 8 bytes each
   */
  public static Fleet read(
      HistoryStore store, Instant from, Instant to, Predicate<String> wanted, long mostReadings)
      throws CapacityException, HistoryException {
    boolean isLong = Duration.between(from, to).compareTo(MINUTES) > 0;
    List<HistorySeries> there =
        store
            .series(
                HistoryTable.WINDOWS, isLong ? Tier.HOUR : Tier.MINUTE, Selector.all(), from, to)
            .stream()
            .filter(known -> KINDS.contains(kind(known.kind())) && wanted.test(known.resource()))
            .toList();
    Duration step = isLong || readings(there, from, to, FINE) > mostReadings ? COARSE : FINE;
    if (readings(there, from, to, step) > mostReadings) {
      throw new CapacityException(
          List.of(
              "there are "
                  + there.size()
                  + " resources, too many to be looked at together; ask for a shorter time or fewer"
                  + " of them, or use tocsin capacity, which has memory of its own"));
    }
    return read(store, from, to, there, step);
  }

  private static long readings(List<HistorySeries> there, Instant from, Instant to, Duration step) {
    return there.size()
        * (Duration.between(from, to).toSeconds() / step.toSeconds())
        * Figure.values().length;
  }

  private static Fleet read(
      HistoryStore store, Instant from, Instant to, List<HistorySeries> there, Duration step)
      throws CapacityException, HistoryException {
    List<ResourceSeries> all = new ArrayList<>();
    Map<String, Long> rejected = new TreeMap<>();
    for (HistorySeries known : there) {
      SeriesBuilder builder =
          new SeriesBuilder(known.resource(), kind(known.kind()), known.service(), null, step);
      read(store, query(known.resource(), from, to, step), builder);
      builder.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
      builder.build().ifPresent(all::add);
    }
    if (all.isEmpty()) {
      throw new CapacityException(
          List.of(
              "history has no host, VM or container that is asked for between "
                  + from
                  + " and "
                  + to
                  + "; look with tocsin history --all --figure cpu_percent, or try --trace DIR"));
    }
    return new Fleet("history", all, rejected);
  }

  private static void read(HistoryStore store, HistoryQuery query, SeriesBuilder builder)
      throws HistoryException {
    Figure[] figures = Figure.values();
    store.read(
        query,
        row -> {
          for (int i = 0; i < figures.length; i++) {
            // What was not measured is no reading, and nothing to be told of.
            if (!Double.isNaN(row.values()[i])) {
              builder.add(row.at(), figures[i], row.values()[i]);
            }
          }
        });
  }

  private static HistoryQuery query(String resource, Instant from, Instant to, Duration step)
      throws CapacityException {
    List<String> names = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      names.add(figure.name().toLowerCase(Locale.ROOT));
    }
    try {
      return HistoryQuery.of(names, Selector.resource(resource), from, to, step, Aggregate.MEAN);
    } catch (QueryProblems bad) {
      throw new CapacityException(bad.lines());
    }
  }

  private static ResourceKind kind(String name) {
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return ResourceKind.UNSPECIFIED;
  }
}
