package io.tocsin.alerting.detect;

import java.util.Locale;

/**
 * How a value compares with the greatest (or, seen upside down, the least) that its own past has
 * reached.
 *
 * @param view what was looked at
 * @param isHigh whether it is remarkable for being high, else for being low
 * @param value what was seen
 * @param usual level that the tail begins at, which up to a fifth of the blocks pass
 * @param scale by how much those that pass it do so on average
 * @param record the furthest before this
 * @param surprise minus the logarithm of the share of blocks expected to go as far, in nats
 * @param blocks how many blocks of the past this rests on
 * @param isAlarm whether it is surprising enough, and far enough beyond the record
 */
public record Finding(
    View view,
    boolean isHigh,
    double value,
    double usual,
    double scale,
    double record,
    double surprise,
    int blocks,
    boolean isAlarm) {

  /** As numbers and a sentence. */
  public Deviation deviation() {
    return new Deviation(value, usual, scale, surprise, why());
  }

  /** The same, not to be heard of again. */
  Finding quiet() {
    return new Finding(view, isHigh, value, usual, scale, record, surprise, blocks, false);
  }

  private String why() {
    if (isAlarm && scale == 0) {
      return String.format(
          Locale.ROOT,
          "%s %.5g, where %d blocks of time never went %s %.5g",
          view.words(),
          value,
          blocks,
          isHigh ? "above" : "below",
          record);
    }
    return String.format(
        Locale.ROOT,
        "%s %.5g is %s %s of the past, %.5g: the extremes of %d blocks of time pass %.5g by %.3g on"
            + " average, so this is expected once in %.3g blocks",
        view.words(),
        value,
        isHigh ? value > record ? "above" : "not above" : value < record ? "below" : "not below",
        isHigh ? "the highest" : "the lowest",
        record,
        blocks,
        usual,
        scale,
        Math.exp(surprise));
  }
}
