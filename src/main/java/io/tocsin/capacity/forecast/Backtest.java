package io.tocsin.capacity.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts made at origins in the past with what was known then (rolling origin, <a
 * href="https://doi.org/10.1016/S0169-2070(00)00065-0">Tashman 2000</a>). It chooses the model,
 * gives the errors that intervals are made of, and says how good all of it was: in the second half
 * of the origins the whole procedure, choice and interval included, is judged by what it could have
 * known then.
 */
final class Backtest {

  /** Ours: enough for 5 % tails, few enough to do for a thousand resources. */
  private static final int ORIGINS = 24;

  /** Values below 1 are left out of the percentage error: it would tell of nothing but them. */
  private static final double LEAST_ACTUAL = 1;

  private final List<Model> models;
  private final double[] values;
  private final int horizon;
  private final ForecastSettings settings;
  private final int block;
  private final List<List<Trial>> trials = new ArrayList<>();
  private final List<Integer> origins = new ArrayList<>();
  private final Correction correction;
  private final Accuracy accuracy;

  Backtest(List<Model> models, double[] values, int horizon, int block, ForecastSettings settings) {
    this.models = models;
    this.values = values;
    this.horizon = horizon;
    this.block = block;
    this.settings = settings;
    int from = Math.min(values.length - horizon, Math.max(2 * block, values.length / 4));
    int stride = Math.max(block / 4, (values.length - horizon - from) / ORIGINS);
    for (int origin = from; origin <= values.length - horizon; origin += stride) {
      origins.add(origin);
    }
    for (Model model : models) {
      List<Trial> own = new ArrayList<>();
      for (int origin : origins) {
        own.add(origin < model.least() ? null : Trial.of(model, values, origin, horizon));
      }
      trials.add(own);
    }
    correction = new Correction(settings.level(), 2 * block);
    accuracy = judge();
  }

  /** How good the procedure was. */
  Accuracy accuracy() {
    return accuracy;
  }

  /** The model with the least mean absolute error over the first so many origins, as of a step. */
  private int best(int until, int now) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int m = 0; m < models.size(); m++) {
      double[] sum = new double[2];
      int usable = 0;
      for (Trial trial : trials.get(m).subList(0, until)) {
        if (trial != null) {
          double[] own = trial.absolute(now);
          sum[0] += own[0];
          sum[1] += own[1];
          usable++;
        }
      }
      // One that was tried at few origins may have been lucky.
      if (sum[1] > 0 && usable * 2 >= until && sum[0] / sum[1] < least) {
        least = sum[0] / sum[1];
        best = m;
      }
    }
    return best;
  }

  private Band band(int model, int until, int now) {
    List<Trial> own =
        trials.get(model).subList(0, until).stream()
            .filter(trial -> trial != null)
            .map(trial -> trial.asOf(now))
            .toList();
    return Band.of(own, horizon, correction.levelAt(now), block);
  }

  /** The model that was best; null if none could be tried. */
  Model model() {
    int best = best(origins.size(), values.length);
    return best < 0 ? null : models.get(best);
  }

  /** What its errors were. */
  Band band() {
    return band(best(origins.size(), values.length), origins.size(), values.length);
  }

  /**
   * From a quarter of the origins on, to have something to correct by; tells of the second half.
   */
  private Accuracy judge() {
    double absolute = 0;
    double percentage = 0;
    int withPercentage = 0;
    int within = 0;
    int tested = 0;
    int half = (origins.size() + 1) / 2;
    for (int k = (origins.size() + 3) / 4; k < origins.size(); k++) {
      int now = origins.get(k);
      int best = best(k, now);
      Trial trial = best < 0 ? null : trials.get(best).get(k);
      if (trial == null) {
        continue;
      }
      Band band = band(best, k, now);
      for (int i = 0; i < trial.errors().length; i++) {
        double error = trial.errors()[i];
        if (Double.isNaN(error)) {
          continue;
        }
        boolean isWithin = error >= band.below(i) && error <= band.above(i);
        correction.add(now + i, isWithin);
        if (k < half) {
          continue;
        }
        tested++;
        absolute += Math.abs(error);
        double actual = values[trial.origin() + i];
        if (actual >= LEAST_ACTUAL) {
          percentage += Math.abs(error) / actual;
          withPercentage++;
        }
        within += isWithin ? 1 : 0;
      }
    }
    return new Accuracy(
        tested == 0 ? Double.NaN : absolute / tested,
        withPercentage == 0 ? Double.NaN : 100 * percentage / withPercentage,
        tested == 0 ? Double.NaN : (double) within / tested,
        origins.size() - half,
        tested);
  }
}
