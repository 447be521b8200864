package io.tocsin.alerting.detect;

import java.util.Arrays;

/** The change of level between the latest bins and those before them. */
final class Level {

  /** Fewer bins are no level to compare with. */
  private static final int LEAST_REFERENCE = 3;

  private Level() {}

  /** The change; NaN while too little is known, or after a gap. */
  static double change(Bins bins, View view, int recent, int reference) {
    if (bins.closed().length < recent + reference) {
      return Double.NaN;
    }
    double[] now = bins.known(recent, 0);
    double[] before = bins.known(recent + reference, recent);
    // An hour of which half is missing is compared with hours that are whole: that is no change.
    boolean isGap = 2 * now.length * reference < before.length * recent;
    if (now.length == 0 || before.length < LEAST_REFERENCE || isGap) {
      return Double.NaN;
    }
    return view == View.JUMP
        ? Arrays.stream(now).average().orElseThrow() - Arrays.stream(before).average().orElseThrow()
        : new Ring(now).median() - new Ring(before).median();
  }
}
