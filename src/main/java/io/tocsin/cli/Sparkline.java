package io.tocsin.cli;

import java.util.Arrays;

/**
 * A chart in one line of a terminal.
 *
 * @param text one sign for each stretch of values, the higher the fuller; a space where none is
 *     known
 * @param least lowest value; NaN where none is known
 * @param most highest value; NaN where none is known
 */
record Sparkline(String text, double least, double most) {

  private static final String SIGNS = "▁▂▃▄▅▆▇█";
  private static final int WIDTH = 60;

  /** Of values in the order of time; where they are more than fit, the highest of each stretch. */
  static Sparkline of(double[] values) {
    double least = known(values).min().orElse(Double.NaN);
    double most = known(values).max().orElse(Double.NaN);
    int width = Math.min(WIDTH, values.length);
    StringBuilder text = new StringBuilder();
    for (int sign = 0; sign < width; sign++) {
      double[] stretch =
          Arrays.copyOfRange(
              values, sign * values.length / width, (sign + 1) * values.length / width);
      double highest = known(stretch).max().orElse(Double.NaN);
      text.append(Double.isNaN(highest) ? ' ' : SIGNS.charAt(height(highest, least, most)));
    }
    return new Sparkline(text.toString(), least, most);
  }

  private static java.util.stream.DoubleStream known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value));
  }

  private static int height(double value, double least, double most) {
    int highest = SIGNS.length() - 1;
    return most > least ? (int) Math.round(highest * (value - least) / (most - least)) : 0;
  }
}
