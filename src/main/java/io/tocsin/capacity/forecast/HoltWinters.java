package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Quantile;
import java.util.Arrays;

/**
 * Level, damped trend and season, each smoothed exponentially (<a
 * href="https://doi.org/10.1287/mnsc.6.3.324">Winters 1960</a>, damping after <a
 * href="https://doi.org/10.1287/mnsc.31.10.1237">Gardner and McKenzie 1985</a>). The weights are
 * those of a small grid with the least squared error one step ahead. A gap lets time pass and
 * teaches nothing.
 */
final class HoltWinters implements Model {

  private static final double DAMPING = 0.98;
  private static final double[] LEVELS = {0.02, 0.1, 0.3};
  private static final double[] TRENDS = {0, 0.01, 0.05};
  private static final double[] SEASONS = {0.05, 0.2};

  private final Season season;

  HoltWinters(Season season) {
    this.season = season;
  }

  @Override
  public String name() {
    return season.name() + " Holt-Winters";
  }

  @Override
  public int least() {
    return 2 * season.period();
  }

  @Override
  public double[] predict(double[] values, int origin, int horizon) {
    State best = null;
    for (double alpha : LEVELS) {
      for (double beta : TRENDS) {
        for (double gamma : SEASONS) {
          State state = new State(values);
          state.learn(values, origin, alpha, beta, gamma);
          best = best == null || state.squares < best.squares ? state : best;
        }
      }
    }
    double[] ahead = new double[horizon];
    double damped = 0;
    double factor = 1;
    for (int i = 0; i < horizon; i++) {
      factor *= DAMPING;
      damped += factor;
      ahead[i] = best.level + damped * best.trend + best.seasonal[season.places()[origin + i]];
    }
    return ahead;
  }

  /** What has been learnt up to a step. */
  private final class State {
    private final double[] seasonal = new double[season.period()];
    private double level;
    private double trend;
    private double squares;

    /** Begins with the first two seasons: their mean, and what each place has beside it. */
    State(double[] values) {
      int first = Math.min(values.length, 2 * season.period());
      level = Quantile.mean(Arrays.copyOf(values, first));
      int[] counts = new int[seasonal.length];
      for (int i = 0; i < first; i++) {
        int place = season.places()[i];
        if (!Double.isNaN(values[i])) {
          counts[place]++;
          seasonal[place] += (values[i] - level - seasonal[place]) / counts[place];
        }
      }
    }

    void learn(double[] values, int origin, double alpha, double beta, double gamma) {
      for (int i = 0; i < origin; i++) {
        double expected = level + DAMPING * trend;
        int place = season.places()[i];
        double error = values[i] - expected - seasonal[place];
        level = expected;
        trend *= DAMPING;
        if (!Double.isNaN(error)) {
          level += alpha * error;
          trend += alpha * beta * error;
          seasonal[place] += gamma * (1 - alpha) * error;
          squares += error * error;
        }
      }
    }
  }
}
