package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Quantile;
import java.util.Arrays;

/** The next days are as the median of the last one. What every other model has to beat. */
final class Level implements Model {

  private final int window;

  Level(int window) {
    this.window = window;
  }

  @Override
  public String name() {
    return "level";
  }

  @Override
  public int least() {
    return window;
  }

  @Override
  public double[] predict(double[] values, int origin, int horizon) {
    double[] ahead = new double[horizon];
    int from = Math.max(0, origin - window);
    Arrays.fill(ahead, Quantile.median(Arrays.copyOfRange(values, from, origin)));
    return ahead;
  }
}
