package io.tocsin.alerting.detect;

/**
 * When the difference between the two ends of a call counts as a deviation. None of it has the unit
 * of the latencies.
 *
 * @param history how many differences make the past; 60 is an hour at one a minute: a fault of
 *     minutes does not become the past, a new release does within half an hour
 * @param least how many differences have to be known before anything is judged
 * @param floor least spread, as a share of the caller's median latency: latencies read off the
 *     buckets of a histogram are the same for hours, and a spread of nothing would make any change
 *     infinite
 * @param alarm least score of an alarm. The modified z-score is called an outlier from 3.5 on
 *     (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993); latencies have heavier tails
 *     than the normal quantity that was meant, hence 4. Together with the floor, a caller has to
 *     wait at least 1.2 times its usual latency longer
 */
public record EdgeSettings(int history, int least, double floor, double alarm) {

  /** What is shipped. */
  public static final EdgeSettings DEFAULT = new EdgeSettings(60, 10, 0.3, 4);

  /** Refuses what makes no sense. */
  public EdgeSettings {
    if (least < 1 || history < least || !(floor >= 0) || !(alarm > 0)) {
      throw new IllegalArgumentException(
          "an edge needs 1 <= least <= history, a floor of 0 or more and an alarm above 0");
    }
  }
}
