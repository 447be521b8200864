package io.tocsin.alerting.detect;

import java.util.Optional;

/**
 * Tells how surprising a value is in view of the greatest values of its own past, by peaks over
 * threshold: what exceeds a high level is taken to do so exponentially, with the mean excess of the
 * past as the scale (the Pareto family's shape 0, which suits the tails of most distributions and
 * needs no more than a mean).
 *
 * @see <a href="https://doi.org/10.1214/aos/1176343003">Pickands, Statistical Inference Using
 *     Extreme Order Statistics, Annals of Statistics 1975</a>
 * @see <a href="https://doi.org/10.1145/3097983.3098144">Siffer et al., Anomaly Detection in
 *     Streams with Extreme Value Theory, KDD 2017</a>
 */
final class TailJudge {

  /** Fewer excesses have no mean worth the name. */
  private static final int LEAST_TAIL = 3;

  /** More is not worth telling apart. */
  private static final double MOST_SURPRISE = 50;

  /** Differences smaller than this share of the greatest value are rounding, not news. */
  private static final double RESOLUTION = 1e-9;

  private final BaselineSettings settings;
  private final long learningBlocks;

  TailJudge(BaselineSettings settings) {
    this.settings = settings;
    this.learningBlocks = settings.learning().toMillis() / settings.block().toMillis();
  }

  /** Judges a value before it is added; empty while too little is known. */
  Optional<Finding> judge(Tail tail, View view, boolean isHigh, double value, double largest) {
    int known = tail.known();
    if (known < Math.max(LEAST_TAIL, learningBlocks)) {
      return Optional.empty();
    }
    double upward = isHigh ? value : -value;
    int size = (int) Math.min(settings.kept(), Math.max(LEAST_TAIL, known * settings.share()));
    double[] top = tail.greatest(size);
    double level = top[size - 1];
    double scale = 0;
    for (int i = 0; i < size - 1; i++) {
      scale += (top[i] - level) / (size - 1);
    }
    double record = Math.max(top[0], tail.openMax());
    double surprise = surprise(upward - level, scale, Math.log((double) known / size));
    boolean isAlarm =
        surprise >= settings.surprise()
            && upward > record + settings.margin() * scale
            && upward - record > RESOLUTION * largest;
    int sign = isHigh ? 1 : -1;
    return Optional.of(
        new Finding(
            view, isHigh, value, sign * level, scale, sign * record, surprise, known, isAlarm));
  }

  private static double surprise(double excess, double scale, double ofTheTail) {
    if (!(excess > 0)) {
      return 0;
    }
    return scale > 0 ? Math.min(MOST_SURPRISE, excess / scale + ofTheTail) : MOST_SURPRISE;
  }
}
