package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A straight line, and what each place of the season adds to it. The slope is the median of the
 * slopes between all pairs of daily means (<a href="https://doi.org/10.1080/01621459.1968.10480934"
 * >Sen 1968</a>), which up to 29 % of bad days do not move; it is taken to be 0 unless the
 * Mann-Kendall test finds a trend at 5 % (<a href="https://doi.org/10.2307/1907187">Mann 1945</a>).
 */
final class SeasonalTrend implements Model {

  /** Two-sided 5 % of the normal distribution. */
  private static final double SIGNIFICANT = 1.96;

  private final Season season;
  private final int block;

  /** A season, and the steps of a day. */
  SeasonalTrend(Season season, int block) {
    this.season = season;
    this.block = block;
  }

  @Override
  public String name() {
    return season.name() + " median with trend";
  }

  @Override
  public int least() {
    return Math.max(2 * season.period(), 5 * block);
  }

  @Override
  public double[] predict(double[] values, int origin, int horizon) {
    double slope = slope(values, origin);
    double[] profile = profile(values, origin, slope);
    double[] rest = new double[Math.min(origin, block)];
    for (int i = 0; i < rest.length; i++) {
      int at = origin - 1 - i;
      rest[i] = values[at] + slope * (i + 1) - profile[season.places()[at]];
    }
    double level = Quantile.median(rest);
    double[] ahead = new double[horizon];
    for (int i = 0; i < horizon; i++) {
      ahead[i] = level + slope * i + profile[season.places()[origin + i]];
    }
    return ahead;
  }

  /** Change per step; 0 unless it is significant. */
  private double slope(double[] values, int origin) {
    List<double[]> days = new ArrayList<>();
    for (int to = origin; to - block >= 0; to -= block) {
      double[] day = Arrays.copyOfRange(values, to - block, to);
      if (Quantile.known(day).length * 2 >= block) {
        days.add(new double[] {to - block / 2.0, Quantile.mean(day)});
      }
    }
    double[] slopes = new double[days.size() * (days.size() - 1) / 2];
    int next = 0;
    int rising = 0;
    for (int i = 0; i < days.size(); i++) {
      for (int j = i + 1; j < days.size(); j++) {
        double[] later = days.get(i);
        double[] earlier = days.get(j);
        slopes[next] = (later[1] - earlier[1]) / (later[0] - earlier[0]);
        rising += (int) Math.signum(slopes[next++]);
      }
    }
    double n = days.size();
    double deviation = Math.sqrt(n * (n - 1) * (2 * n + 5) / 18);
    boolean isTrend = n >= 5 && Math.abs(rising) - 1 > SIGNIFICANT * deviation;
    return isTrend ? Quantile.median(slopes) : 0;
  }

  private double[] profile(double[] values, int origin, double slope) {
    double[] flat = new double[origin];
    int[] counts = new int[season.period()];
    for (int i = 0; i < origin; i++) {
      flat[i] = values[i] + slope * (origin - i);
      counts[season.places()[i]]++;
    }
    double middle = Quantile.median(flat);
    double[][] by = new double[season.period()][];
    for (int place = 0; place < by.length; place++) {
      by[place] = new double[counts[place]];
    }
    for (int i = 0; i < origin; i++) {
      by[season.places()[i]][--counts[season.places()[i]]] = flat[i] - middle;
    }
    return Arrays.stream(by).mapToDouble(Quantile::median).toArray();
  }
}
