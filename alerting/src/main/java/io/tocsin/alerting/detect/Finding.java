package io.tocsin.alerting.detect;

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
    String seen = view.words() + " " + Digits.of(value);
    if (isAlarm && scale == 0) {
      return seen
          + ", where "
          + blocks
          + " blocks of time never went "
          + (isHigh ? "above " : "below ")
          + Digits.of(record);
    }
    boolean isBeyond = isHigh ? value > record : value < record;
    return seen
        + (isBeyond ? " is beyond the " : " is not beyond the ")
        + (isHigh ? "highest" : "lowest")
        + " of the past, "
        + Digits.of(record)
        + ": one in "
        + Digits.of(Math.rint(Math.exp(surprise)))
        + " blocks of time is expected to go as far, for the extremes of "
        + blocks
        + " of them pass "
        + Digits.of(usual)
        + " by "
        + Digits.of(scale)
        + " on average, if they do";
  }
}
