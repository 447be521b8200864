package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Quantile;
import java.util.Arrays;

/**
 * Each step is as its place in the season usually is: the median of the last few seasons. It is the
 * seasonal naive method (<a href="https://otexts.com/fpp3/simple-methods.html">Hyndman and
 * Athanasopoulos, 5.2</a>), with a median so that one bad day is not repeated.
 */
final class SeasonalMedian implements Model {

  /** Ours: enough for a median, few enough to follow a change within a week of days. */
  private static final int SEASONS = 5;

  private final Season season;

  SeasonalMedian(Season season) {
    this.season = season;
  }

  @Override
  public String name() {
    return season.name() + " median";
  }

  @Override
  public int least() {
    return 2 * season.period();
  }

  @Override
  public double[] predict(double[] values, int origin, int horizon) {
    double[][] seen = new double[season.period()][SEASONS];
    int[] counts = new int[season.period()];
    for (int i = origin - 1; i >= 0; i--) {
      int place = season.places()[i];
      if (!Double.isNaN(values[i]) && counts[place] < SEASONS) {
        seen[place][counts[place]++] = values[i];
      }
    }
    double[] usual = new double[season.period()];
    for (int place = 0; place < usual.length; place++) {
      usual[place] = Quantile.median(Arrays.copyOf(seen[place], counts[place]));
    }
    double[] ahead = new double[horizon];
    for (int i = 0; i < horizon; i++) {
      ahead[i] = usual[season.places()[origin + i]];
    }
    return ahead;
  }
}
