package io.tocsin.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the 95th percentile of each step out of windows that come in the order of resource, part
 * and time. By nearest rank, as InfluxQL's {@code PERCENTILE} does it, so that both stores say the
 * same; the approximation that QuestDB has is off by up to a tenth at the memory that we have.
 */
final class StepPercentile implements RowSink {

  private static final double SHARE = 0.95;

  private final HistoryQuery query;
  private final RowSink sink;
  private final List<double[]> windows = new ArrayList<>();
  private HistoryRow step;

  StepPercentile(HistoryQuery query, RowSink sink) {
    this.query = query;
    this.sink = sink;
  }

  /** Whether steps have to be made of windows here. */
  boolean isNeeded() {
    return query.aggregate() == Aggregate.P95;
  }

  @Override
  public void row(HistoryRow window) {
    Instant at = stepOf(window.at());
    if (step == null
        || !step.at().equals(at)
        || !step.resource().equals(window.resource())
        || !step.part().equals(window.part())) {
      end();
      step = new HistoryRow(at, window.resource(), window.part(), new double[0]);
    }
    windows.add(window.values());
  }

  private Instant stepOf(Instant at) {
    long step = query.step().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), step) * step);
  }

  /** No more windows come. */
  void end() {
    if (step == null) {
      return;
    }
    double[] values = new double[windows.get(0).length];
    for (int figure = 0; figure < values.length; figure++) {
      int place = figure;
      values[figure] = nearestRank(windows.stream().mapToDouble(window -> window[place]).toArray());
    }
    sink.row(new HistoryRow(step.at(), step.resource(), step.part(), values));
    windows.clear();
    step = null;
  }

  static double nearestRank(double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    return known.length == 0
        ? Double.NaN
        : known[Math.max(0, (int) Math.ceil(SHARE * known.length) - 1)];
  }
}
