package io.tocsin.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes one row of the rows that each series has, which come one series after the other. */
final class HourFold implements RowSink {

  private final Aggregate aggregate;
  private final RowSink sink;
  private final List<double[]> minutes = new ArrayList<>();
  private HistoryRow first;

  HourFold(Aggregate aggregate, RowSink sink) {
    this.aggregate = aggregate;
    this.sink = sink;
  }

  @Override
  public void row(HistoryRow row) {
    if (first != null
        && !(first.resource().equals(row.resource()) && first.part().equals(row.part()))) {
      end();
    }
    if (first == null) {
      first = row;
    }
    minutes.add(row.values());
  }

  /** No more rows come. */
  void end() {
    if (first == null) {
      return;
    }
    double[] values = new double[first.values().length];
    for (int figure = 0; figure < values.length; figure++) {
      int place = figure;
      values[figure] = fold(minutes.stream().mapToDouble(minute -> minute[place]).toArray());
    }
    Instant at = first.at();
    sink.row(new HistoryRow(at, first.resource(), first.part(), values));
    minutes.clear();
    first = null;
  }

  private double fold(double[] all) {
    double[] known = Arrays.stream(all).filter(value -> !Double.isNaN(value)).toArray();
    if (known.length == 0) {
      return Double.NaN;
    }
    return switch (aggregate) {
      case MEAN -> Arrays.stream(known).sum() / known.length;
      case MAX -> Arrays.stream(known).max().getAsDouble();
      case MIN -> Arrays.stream(known).min().getAsDouble();
      case P95 -> StepPercentile.nearestRank(known);
    };
  }
}
