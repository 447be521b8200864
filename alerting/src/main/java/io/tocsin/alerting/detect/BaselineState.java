package io.tocsin.alerting.detect;

import java.util.Collections;
import java.util.List;

/**
 * What a {@link Baseline} knows of a series: about 2.6 KB at the shipped settings once two
 * generations are full, however fast the series is. Plain fields, so that Flink keeps it without
 * Kryo.
 *
 * @param latest time of the latest value, milliseconds since 1970
 * @param largest greatest value regardless of sign
 * @param bins means of the latest hours
 * @param tails for each view, of what is high and of what is low, in the order of {@link View}
 */
public record BaselineState(long latest, double largest, Bins bins, List<Tail> tails) {

  /** Before the first value. */
  public static BaselineState empty() {
    return new BaselineState(
        Long.MIN_VALUE,
        0,
        Bins.empty(),
        Collections.nCopies(2 * View.values().length, Tail.empty()));
  }
}
