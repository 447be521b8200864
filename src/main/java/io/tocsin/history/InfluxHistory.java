package io.tocsin.history;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxQLQueryApi;
import com.influxdb.client.domain.InfluxQLQuery;
import com.influxdb.client.domain.InfluxQLQuery.InfluxQLPrecision;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.InfluxQLQueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * History in InfluxDB, asked in InfluxQL, which 1.x, 2.x and 3 understand. The client holds the
 * whole of an answer, so a question is asked series by series and span by span.
 */
final class InfluxHistory implements HistoryStore {

  /** Rows that one answer of the client's may have. */
  private static final int PORTION = 20_000;

  /**
   * How an answer is written. The client cannot read a missing number in JSON, nor a tag with a
   * comma in CSV.
   */
  private enum Form {
    CSV,
    JSON
  }

  private final InfluxAddress address;
  private final InfluxDBClient client;

  InfluxHistory(InfluxAddress address) {
    this.address = address;
    this.client = InfluxHttp.client(address);
  }

  @Override
  public void read(HistoryQuery query, RowSink sink) throws HistoryException {
    StepPercentile percentile = new StepPercentile(query, sink);
    boolean isRaw = percentile.isNeeded();
    RowSink counted = new CountedSink(query, isRaw ? percentile : sink, isRaw);
    try {
      for (HistorySeries one : series(query)) {
        portions(query, one, isRaw, counted);
      }
      percentile.end();
    } catch (CountedSink.TooMany tooMany) {
      throw new HistoryException(tooMany.getMessage(), tooMany);
    }
  }

  /** What is asked for one by one: each series, or each part where resources come together. */
  private List<HistorySeries> series(HistoryQuery query) throws HistoryException {
    List<HistorySeries> all = series(InfluxQl.series(query), query.table(), query.tier());
    return all.stream()
        .filter(one -> query.part().map(Line::clean).map(one.part()::equals).orElse(true))
        .map(
            one ->
                query.selector().together()
                    ? new HistorySeries(HistoryRow.TOGETHER, "", "", one.part())
                    : one)
        .distinct()
        .toList();
  }

  private void portions(HistoryQuery query, HistorySeries one, boolean isRaw, RowSink sink)
      throws HistoryException {
    long row = (isRaw ? query.tier().size() : query.step()).toMillis();
    long step = query.step().toMillis();
    long steps = Math.max(1, PORTION * row / step);
    Instant from = query.from();
    while (from.isBefore(query.to())) {
      long begin = Math.floorDiv(from.toEpochMilli(), step) * step;
      Instant end = Instant.ofEpochMilli(begin + steps * step);
      Instant to = end.isBefore(query.to()) ? end : query.to();
      InfluxQl text = InfluxQl.read(query, one, isRaw, from, to);
      for (InfluxQLQueryResult.Series series :
          ask(text.text(), query.table(), query.tier(), Form.CSV)) {
        rows(query, one, series, sink);
      }
      from = to;
    }
  }

  private static void rows(
      HistoryQuery query, HistorySeries one, InfluxQLQueryResult.Series series, RowSink sink) {
    int figures = query.figures().size();
    for (InfluxQLQueryResult.Series.Record record : series.getValues()) {
      Object[] values = record.getValues();
      double[] numbers = new double[figures];
      for (int figure = 0; figure < figures; figure++) {
        Object value = values[figure + 1];
        numbers[figure] = number(value);
      }
      sink.row(new HistoryRow(time(values[0]), one.resource(), one.part(), numbers));
    }
  }

  private static double number(Object value) {
    return value == null || value.toString().isEmpty()
        ? Double.NaN
        : Double.parseDouble(value.toString());
  }

  private static Instant time(Object millis) {
    return Instant.ofEpochMilli((long) Double.parseDouble(millis.toString()));
  }

  @Override
  public List<HistorySeries> series(
      HistoryTable table, Tier tier, Selector selector, Instant from, Instant to)
      throws HistoryException {
    return series(InfluxQl.series(table, tier, selector, from, to), table, tier);
  }

  private List<HistorySeries> series(InfluxQl text, HistoryTable table, Tier tier)
      throws HistoryException {
    record Newest(Instant at, HistorySeries series) {}
    Map<List<String>, Newest> newest = new TreeMap<>(InfluxHistory::inOrder);
    for (InfluxQLQueryResult.Series each : ask(text.text(), table, tier, Form.JSON)) {
      Map<String, String> tags = each.getTags();
      HistorySeries series =
          new HistorySeries(
              tags.getOrDefault("resource", ""),
              tags.getOrDefault("kind", ""),
              tags.getOrDefault("service", ""),
              table.part().map(name -> tags.getOrDefault(name, "")).orElse(""));
      Newest here = new Newest(time(each.getValues().get(0).getValues()[0]), series);
      newest.merge(
          List.of(series.resource(), series.part()),
          here,
          (one, other) -> one.at().isAfter(other.at()) ? one : other);
    }
    return newest.values().stream().map(Newest::series).toList();
  }

  private static int inOrder(List<String> one, List<String> other) {
    int resource = one.get(0).compareTo(other.get(0));
    return resource != 0 ? resource : one.get(1).compareTo(other.get(1));
  }

  private List<InfluxQLQueryResult.Series> ask(
      String text, HistoryTable table, Tier tier, Form form) throws HistoryException {
    String bucket = InfluxAddress.bucket(table.at(tier));
    boolean isOne = address.version() == 1;
    InfluxQLQuery query =
        new InfluxQLQuery(text, isOne ? InfluxAddress.DATABASE : bucket)
            .setRetentionPolicy(isOne ? bucket : null)
            .setPrecision(InfluxQLPrecision.MILLISECONDS);
    try {
      List<InfluxQLQueryResult.Series> series = new ArrayList<>();
      InfluxQLQueryApi api = client.getInfluxQLQueryApi();
      (form == Form.CSV ? api.queryCSV(query) : api.queryJSON(query))
          .getResults()
          .forEach(result -> series.addAll(result.getSeries()));
      return series;
    } catch (InfluxException refused) {
      throw new HistoryException(
          "history at %s gave no answer: %d %s"
              .formatted(address.url(), refused.status(), refused.getMessage()),
          refused);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
