package io.tocsin.capacity.forecast;

import java.util.Arrays;

/**
 * What a model said from one origin, beside what came.
 *
 * @param origin first step it did not know
 * @param predicted what it said
 * @param errors what came less what it said; NaN where nothing came
 */
record Trial(int origin, double[] predicted, double[] errors) {

  static Trial of(Model model, double[] values, int origin, int horizon) {
    int ahead = Math.min(horizon, values.length - origin);
    double[] predicted = model.predict(values, origin, ahead);
    double[] errors = new double[ahead];
    for (int i = 0; i < ahead; i++) {
      errors[i] = values[origin + i] - predicted[i];
    }
    return new Trial(origin, predicted, errors);
  }

  /** Sum and count of absolute errors that were known at a step. */
  double[] absolute(int now) {
    double[] sum = new double[2];
    for (double error : asOf(now).errors) {
      if (!Double.isNaN(error)) {
        sum[0] += Math.abs(error);
        sum[1]++;
      }
    }
    return sum;
  }

  /** What of it was known at a step. */
  Trial asOf(int now) {
    int known = Math.max(0, Math.min(errors.length, now - origin));
    return new Trial(origin, predicted, Arrays.copyOf(errors, known));
  }
}
