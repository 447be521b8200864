package io.tocsin.alerting.detect;

import java.util.Collections;
import java.util.List;

/**
 * What a {@link Baseline} knows of a series: about 2.6 KB at the shipped settings once two
 * generations are full, however fast the series is. Plain fields, so that Flink keeps it without
 * Kryo.
 *
 * @param latest time of the latest value, milliseconds since 1970
 * @param latestAlarm time of the latest alarm, likewise; far in the past if there was none
 * @param largest greatest value regardless of sign
 * @param bins means of the latest hours
 * @param tails for each view, of what is high and of what is low, in the order of {@link View}
 */
public record BaselineState(
    long latest, long latestAlarm, double largest, Bins bins, List<Tail> tails) {

  /** Value, jump and shift. */
  private static final int VIEWS = 3;

  /** Before any time of a series, and far enough from the end of numbers to subtract from. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  /** Before the first value. */
  public static BaselineState empty() {
    return new BaselineState(
        Long.MIN_VALUE, NEVER, 0, Bins.empty(), Collections.nCopies(2 * VIEWS, Tail.empty()));
  }
}
