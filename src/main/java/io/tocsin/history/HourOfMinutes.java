package io.tocsin.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One hour of history out of its minutes: means of means, the highest of the highest, and the 95th
 * percentile of the 95th percentiles; see {@link Aggregate}. Medians and 99th percentiles are not
 * kept by the hour. Holds a few numbers for each resource.
 */
final class HourOfMinutes {

  private static final int BATCH = 2_000;
  private static final String MEMBERS = "members";

  private final HistoryStore store;
  private final PointStore points;
  private final Instant from;
  private final Instant to;

  HourOfMinutes(HistoryStore store, PointStore points, Instant hour) {
    this.store = store;
    this.points = points;
    this.from = hour;
    this.to = hour.plus(Tier.HOUR.size());
  }

  private record Key(String resource, String part) {}

  /**
   * Makes it and writes it.
   *
   * @throws HistoryException if the store does not answer, or does not take it
   */
  void make() throws HistoryException {
    for (HistoryTable table : HistoryTable.values()) {
      if (table.isTiered()) {
        make(table, Selector.all());
        make(table, Selector.rollups());
      }
    }
  }

  /** Whether the hour has as many series as its minutes have. */
  boolean isMade() throws HistoryException {
    for (Selector selector : List.of(Selector.all(), Selector.rollups())) {
      int minutes = store.series(HistoryTable.WINDOWS, Tier.MINUTE, selector, from, to).size();
      int hours = store.series(HistoryTable.WINDOWS, Tier.HOUR, selector, from, to).size();
      if (minutes != hours) {
        return false;
      }
    }
    return true;
  }

  private void make(HistoryTable table, Selector selector) throws HistoryException {
    List<HistorySeries> series = store.series(table, Tier.MINUTE, selector, from, to);
    if (series.isEmpty()) {
      return;
    }
    Map<Key, Map<String, Double>> rows = new HashMap<>();
    for (Aggregate aggregate : Aggregate.values()) {
      List<HistoryFigure> figures = figures(table, aggregate);
      if (!figures.isEmpty()) {
        read(figures, selector, aggregate, rows);
      }
    }
    write(table, selector, series, rows);
  }

  /** Those that have a column of the aggregate's own. */
  private static List<HistoryFigure> figures(HistoryTable table, Aggregate aggregate) {
    return Figures.all().stream()
        .filter(figure -> figure.table() == table)
        .filter(figure -> figure.hasOwn(aggregate))
        .toList();
  }

  /**
   * In steps of a minute where a percentile is wanted, because a step as long as the hour would be
   * made of the hours.
   */
  private void read(
      List<HistoryFigure> figures,
      Selector selector,
      Aggregate aggregate,
      Map<Key, Map<String, Double>> rows)
      throws HistoryException {
    HistoryQuery query =
        HistoryQuery.of(
            figures.stream().map(HistoryFigure::name).toList(),
            selector,
            from,
            to,
            Tier.MINUTE.size(),
            aggregate);
    HourFold fold =
        new HourFold(
            aggregate,
            hour -> {
              Map<String, Double> row =
                  rows.computeIfAbsent(
                      new Key(hour.resource(), hour.part()), key -> new HashMap<>());
              for (int place = 0; place < figures.size(); place++) {
                row.put(figures.get(place).column(aggregate), hour.values()[place]);
              }
            });
    store.read(query, fold);
    fold.end();
  }

  private void write(
      HistoryTable table,
      Selector selector,
      List<HistorySeries> series,
      Map<Key, Map<String, Double>> rows)
      throws HistoryException {
    List<String> lines = new ArrayList<>();
    for (HistorySeries one : series) {
      Map<String, Double> row = rows.getOrDefault(new Key(one.resource(), one.part()), Map.of());
      Line line =
          new Line(table.at(Tier.HOUR))
              .tag("resource", one.resource())
              .tag("kind", one.kind())
              .tag("service", one.service());
      table.part().ifPresent(name -> line.tag(name, one.part()));
      if (table == HistoryTable.METERS) {
        OwnMeter.tags(line, one.part());
      }
      line.flag("final", true);
      if (!row.containsKey(MEMBERS)) {
        // Only windows have it as a figure; it tells resources from roll-ups in every table.
        line.whole(MEMBERS, selector.by() == Selector.By.ROLLUPS ? 1L : 0L);
      }
      row.forEach((column, value) -> HistoryTables.add(line, column, value));
      line.at(from).ifPresent(lines::add);
      if (lines.size() == BATCH) {
        send(lines);
        lines.clear();
      }
    }
    send(lines);
  }

  private void send(List<String> lines) throws HistoryException {
    if (!lines.isEmpty() && !(points.write(lines) instanceof PointStore.Answer.Stored)) {
      throw new HistoryException("the store did not take the hour of " + from, null);
    }
  }
}
